// Between the contract's messages and the plain data of snippet.ts and problem.ts. Pure.

import { create } from '@bufbuild/protobuf';
import {
  type Problem as ProblemMessage,
  ProblemSchema,
  Visibility as VisibilityMessage,
} from './gen/pybin_pb.js';
import { isProblemCode, isRatePolicy, type Problem, problems } from './problem.ts';
import type { Visibility } from './snippet.ts';

const VISIBILITY_TO_MESSAGE = {
  public: VisibilityMessage.PUBLIC,
  unlisted: VisibilityMessage.UNLISTED,
  private: VisibilityMessage.PRIVATE,
} as const satisfies Record<Visibility, VisibilityMessage>;

/** The contract's visibility; undefined stands for "as the account's default says". */
export function toVisibilityMessage(visibility: Visibility | undefined): VisibilityMessage {
  return visibility === undefined ? VisibilityMessage.UNSPECIFIED : VISIBILITY_TO_MESSAGE[visibility];
}

/** A problem with the status and title of its code: the body of an RFC 9457 answer, the detail of a Connect error. */
export function toProblemMessage(problem: Problem): ProblemMessage {
  const { status, title } = problems[problem.code];
  return create(ProblemSchema, { ...problem, status, title });
}

/** The problem a message tells of, or undefined where its code is none of the table. */
export function getProblem(message: ProblemMessage): Problem | undefined {
  if (!isProblemCode(message.code)) return undefined;
  return {
    code: message.code,
    detail: message.detail,
    ...(message.field && { field: message.field }),
    ...(message.limit && { limit: message.limit }),
    ...(message.retryAfterSeconds && { retryAfterSeconds: message.retryAfterSeconds }),
    ...(message.requestId && { requestId: message.requestId }),
    ...(isRatePolicy(message.policy) && { policy: message.policy }),
  };
}
