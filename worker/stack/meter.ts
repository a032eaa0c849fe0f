// How often this owner's stack is written and read. Kept in memory: an object that was put away long
// enough to forget has, by then, a full bucket again.

import { limits } from '../../shared/limits.ts';
import { refuse, type Refusal } from '../../shared/problem.ts';
import { type Bucket, fullBucket, takeToken } from './rate.ts';

class Meter {
  readonly #perSecond: number;
  readonly #what: string;
  #bucket: Bucket;

  constructor(what: string, perSecond: number, nowMs: number) {
    this.#what = what;
    this.#perSecond = perSecond;
    this.#bucket = fullBucket(perSecond, nowMs);
  }

  /** Counts one; refuses where that is more than a second allows. */
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

export interface Meters {
  readonly writes: Meter;
  readonly reads: Meter;
}

export function createMeters(nowMs: number): Meters {
  return {
    writes: new Meter('writes', limits.writesPerSecond, nowMs),
    reads: new Meter('reads', limits.readsPerSecond, nowMs),
  };
}
