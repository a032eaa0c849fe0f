// The key for retries at the doors: the header of draft-ietf-httpapi-idempotency-key-header.

import { ProblemError } from '../../shared/problem.ts';
import { checkRequestId } from '../../shared/snippet.ts';

/** Empty where the request has none. @throws {ProblemError} `invalid_argument` where it is too long */
export function requestIdOf(request: Request): string {
  const requestId = request.headers.get('idempotency-key') ?? '';
  const refusal = checkRequestId(requestId);
  if (refusal) throw new ProblemError(refusal.problem);
  return requestId;
}
