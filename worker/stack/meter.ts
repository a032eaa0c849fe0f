// How often this owner's stack is written and read. Kept in memory: an object that was put away long
// enough to forget has, by then, a full bucket again.

import { limits } from '../../shared/limits.ts';
import { rateLimited, type RatePolicy, type Refusal } from '../../shared/problem.ts';
import { type Bucket, fullBucket, takeToken } from './rate.ts';

class Meter implements Counter {
  readonly #policy: RatePolicy;
  #bucket: Bucket;

  constructor(policy: RatePolicy, nowMs: number) {
    this.#policy = policy;
    this.#bucket = fullBucket(limits.rates[policy], nowMs);
  }

  count(nowMs: number): Refusal | undefined {
    const take = takeToken(this.#bucket, limits.rates[this.#policy], nowMs);
    this.#bucket = take.bucket;
    return take.ok ? undefined : rateLimited(this.#policy, take.retryAfterSeconds);
  }
}

/** Counts one; refuses where that is more than a second allows. */
export interface Counter {
  count(nowMs: number): Refusal | undefined;
}

export interface Meters {
  readonly writes: Counter;
  readonly reads: Counter;
}

const unlimited: Counter = { count: () => undefined };

/** @param isLimited false where an instance has its rate limit switched off */
export function createMeters(isLimited: boolean, nowMs: number): Meters {
  if (!isLimited) return { writes: unlimited, reads: unlimited };
  return {
    writes: new Meter('writes', nowMs),
    reads: new Meter('reads', nowMs),
  };
}
