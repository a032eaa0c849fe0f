// How often this owner's stack is written and read. Kept in memory: an object that was put away long
// enough to forget has, by then, a full bucket again.

import { limits } from '../../shared/limits.ts';
import { refuse, type Refusal } from '../../shared/problem.ts';
import { type Bucket, fullBucket, takeToken } from './rate.ts';

class Meter implements Counter {
  readonly #perSecond: number;
  readonly #what: string;
  #bucket: Bucket;

  constructor(what: string, perSecond: number, nowMs: number) {
    this.#what = what;
    this.#perSecond = perSecond;
    this.#bucket = fullBucket(perSecond, nowMs);
  }

  count(nowMs: number): Refusal | undefined {
    const take = takeToken(this.#bucket, this.#perSecond, nowMs);
    this.#bucket = take.bucket;
    if (take.ok) return undefined;
    return refuse(
      'rate_limited',
      `At most ${this.#perSecond} ${this.#what} a second. Wait, then try again.`,
      {
        limit: this.#perSecond,
        retryAfterSeconds: take.retryAfterSeconds,
      },
    );
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
    writes: new Meter('writes', limits.writesPerSecond, nowMs),
    reads: new Meter('reads', limits.readsPerSecond, nowMs),
  };
}
