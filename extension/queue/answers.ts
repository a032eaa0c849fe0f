// What becomes of a checked push that the edge does not take. Pure, exhaustive by type.

import type { ProblemCode } from '../../shared/problem.ts';

export type Next =
  /** It never will, as it is. */
  | 'never'
  /** By itself, as soon as the edge answers. */
  | 'later'
  /** Once a person has done something: signed in, or set another endpoint. */
  | 'after a change'
  /** Its author gave it up. */
  | 'canceled';

const NEXT: Record<ProblemCode, Next> = {
  invalid_argument: 'never',
  unauthenticated: 'after a change',
  forbidden: 'after a change',
  not_found: 'after a change',
  method_not_allowed: 'never',
  alias_taken: 'never',
  keys_full: 'never',
  burning: 'never',
  lost: 'never',
  stale: 'never',
  too_large: 'never',
  not_text: 'never',
  rate_limited: 'later',
  canceled: 'canceled',
  internal: 'later',
  unavailable: 'later',
};

export function nextAfter(code: ProblemCode): Next {
  return NEXT[code];
}
