// The closed table of what can go wrong: code → HTTP status, Connect code, title.
// A problem carries named fields only, so that nothing internal can leave by accident.

import { limits } from './limits.ts';

/** Connect's error codes (connectrpc.com/docs/protocol#error-codes), as numbers of the library's `Code`. */
const CONNECT = {
  canceled: 1,
  invalidArgument: 3,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  aborted: 10,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  dataLoss: 15,
  unauthenticated: 16,
} as const;

/** The rate limits, by name. */
export type RatePolicy = keyof typeof limits.rates;

export function isRatePolicy(name: string): name is RatePolicy {
  return Object.hasOwn(limits.rates, name);
}

interface Row {
  readonly status: number;
  readonly connect: number;
  readonly title: string;
}

export const problems = {
  invalid_argument: { status: 400, connect: CONNECT.invalidArgument, title: 'The request is not valid' },
  unauthenticated: { status: 401, connect: CONNECT.unauthenticated, title: 'A valid key is needed' },
  forbidden: { status: 403, connect: CONNECT.permissionDenied, title: 'This key may not do that' },
  not_found: { status: 404, connect: CONNECT.notFound, title: 'There is nothing here' },
  method_not_allowed: {
    status: 405,
    connect: CONNECT.unimplemented,
    title: 'That method is not for this address',
  },
  alias_taken: { status: 409, connect: CONNECT.alreadyExists, title: 'This alias is taken' },
  keys_full: {
    status: 409,
    connect: CONNECT.failedPrecondition,
    title: 'There are as many keys as there may be',
  },
  burning: { status: 409, connect: CONNECT.failedPrecondition, title: 'Reading this snippet burns it' },
  // The index has it and the archive has not.
  lost: { status: 410, connect: CONNECT.dataLoss, title: 'Its record is lost' },
  stale: { status: 412, connect: CONNECT.aborted, title: 'It was changed in the meantime' },
  too_large: { status: 413, connect: CONNECT.resourceExhausted, title: 'Too large' },
  not_text: { status: 415, connect: CONNECT.invalidArgument, title: 'Only UTF-8 text can be pushed' },
  rate_limited: { status: 429, connect: CONNECT.resourceExhausted, title: 'Too many requests' },
  // 499 is nginx's "client closed request": nobody reads it, so no standard status exists.
  canceled: { status: 499, connect: CONNECT.canceled, title: 'Given up by the one who asked' },
  internal: { status: 500, connect: CONNECT.internal, title: 'Something broke on our side' },
  unavailable: { status: 503, connect: CONNECT.unavailable, title: 'The edge can’t be reached' },
} as const satisfies Record<string, Row>;

export type ProblemCode = keyof typeof problems;

/** A problem as plain data: what may cross any boundary. */
export interface Problem {
  readonly code: ProblemCode;
  /** What happened to this request, and what to do: one or two sentences for a person. */
  readonly detail: string;
  /** The field or option that was refused. */
  readonly field?: string;
  /** The limit that was met, in the unit that `detail` names. */
  readonly limit?: number;
  readonly retryAfterSeconds?: number;
  /** The rate limit that was met. */
  readonly policy?: RatePolicy;
  /** Names the request in the instance's log. */
  readonly requestId?: string;
}

/** An expected refusal as a value: how pure checks and the Stack say no. */
export type Refusal = { readonly ok: false; readonly problem: Problem };
export type Result<Value> = { readonly ok: true; readonly value: Value } | Refusal;

export function accept<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

export function refuse(
  code: ProblemCode,
  detail: string,
  fields: Omit<Problem, 'code' | 'detail'> = {},
): Refusal {
  return { ok: false, problem: { code, detail, ...fields } };
}

/** The refusal of a rate limit. */
export function rateLimited(policy: RatePolicy, retryAfterSeconds: number): Refusal {
  const { quota, windowSeconds } = limits.rates[policy];
  const window = windowSeconds === 1 ? 'a second' : `in ${windowSeconds} seconds`;
  return refuse('rate_limited', `At most ${quota} ${RATED[policy]} ${window}. Wait, then try again.`, {
    limit: quota,
    policy,
    retryAfterSeconds,
  });
}

const RATED: Record<RatePolicy, string> = {
  writes: 'writes',
  reads: 'reads',
  anonymousPushes: 'pushes without a key',
  devices: 'devices that ask for a key',
  misses: 'requests for what isn’t there',
  signIns: 'steps of a sign-in',
};

/** A problem on its way to the one place that answers it. Never crosses an RPC boundary: classes don't survive it. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail, options);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** The value of a result. @throws {ProblemError} where it is a refusal. */
export function requireOk<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new ProblemError(result.problem);
  return result.value;
}

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code);
}
