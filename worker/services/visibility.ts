// The visibility that a request names. The contract's enums are open (proto3): a number that nobody knows comes
// through, and would be stored.

import { type Visibility as VisibilityMessage } from '../../shared/gen/pybin_pb.js';
import { toVisibilityMessage } from '../../shared/message.ts';
import { getVisibility } from '../../shared/visibility.ts';
import { ProblemError } from '../../shared/problem.ts';
import { visibilities, type Visibility } from '../../shared/snippet.ts';

/** Undefined where none is named. @throws {ProblemError} `invalid_argument` for one that the contract doesn't know */
export function readVisibility(field: string, message: VisibilityMessage): Visibility | undefined {
  const visibility = getVisibility(message);
  if (toVisibilityMessage(visibility) === message) return visibility;
  throw new ProblemError({
    code: 'invalid_argument',
    detail: `A visibility is one of ${visibilities.join(', ')}.`,
    field,
  });
}
