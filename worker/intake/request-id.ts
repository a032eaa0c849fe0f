// The request id, by which a retry is known: a field of the contract's messages (AIP-155), and at the doors the header
// of draft-ietf-httpapi-idempotency-key-header.

import { ProblemError } from '../../shared/problem.ts';
import { checkRequestId } from '../../shared/snippet.ts';

/** @throws {ProblemError} `invalid_argument` where it is too long */
export function requireRequestId(requestId: string): string {
  const refusal = checkRequestId(requestId);
  if (refusal) throw new ProblemError(refusal.problem);
  return requestId;
}

/** Empty where the request has none. @throws {ProblemError} `invalid_argument` where it is too long */
export function requestIdOf(request: Request): string {
  return requireRequestId(request.headers.get('idempotency-key') ?? '');
}
