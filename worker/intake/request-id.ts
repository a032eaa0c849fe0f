// The request id of a message (AIP-155).

import { ProblemError } from '../../shared/problem.ts';
import { checkRequestId } from '../../shared/snippet.ts';

/** @throws {ProblemError} `invalid_argument` where it is too long */
export function requireRequestId(requestId: string): string {
  const refusal = checkRequestId(requestId);
  if (refusal) throw new ProblemError(refusal.problem);
  return requestId;
}
