// Wrong codes of one who types them: an account, or a client address. Ten, and no more is taken for a while.
// A Guesses: one Durable Object for each. A code counts before it is looked up, so that many at once count, too.

import { DurableObject } from 'cloudflare:workers';
import { limits } from '../../../shared/limits.ts';

/** How it stands with one who types. */
export interface Guess {
  /** Whether this code may be looked up. */
  readonly isTaken: boolean;
  /** How many more may be wrong. */
  readonly left: number;
  /** How long no code is taken where none is left. */
  readonly waitSeconds: number;
}

interface Counted {
  readonly codes: number;
  /** From then on nothing was ever typed. */
  readonly endsAtMs: number;
}

const KEY = 'counted';
const { seconds, wrongCodes } = limits.device;

export class Guesses extends DurableObject<Env> {
  /** Counts a code, where one is still taken. */
  async count(): Promise<Guess> {
    const nowMs = Date.now();
    const { codes, endsAtMs } = this.#get(nowMs);
    if (codes >= wrongCodes)
      return { isTaken: false, left: 0, waitSeconds: Math.ceil((endsAtMs - nowMs) / 1000) };
    const counted = { codes: codes + 1, endsAtMs: nowMs + seconds * 1000 };
    this.ctx.storage.kv.put<Counted>(KEY, counted);
    await this.ctx.storage.setAlarm(counted.endsAtMs);
    return { isTaken: true, left: wrongCodes - counted.codes, waitSeconds: seconds };
  }

  /** The code that was counted was right: it doesn't count. */
  forgive(): void {
    const { codes, endsAtMs } = this.#get(Date.now());
    this.ctx.storage.kv.put<Counted>(KEY, { codes: Math.max(0, codes - 1), endsAtMs });
  }

  override async alarm(): Promise<void> {
    this.ctx.storage.kv.delete(KEY);
    await this.ctx.storage.deleteAll();
  }

  #get(nowMs: number): Counted {
    const counted = this.ctx.storage.kv.get<Counted>(KEY);
    return counted && nowMs < counted.endsAtMs ? counted : { codes: 0, endsAtMs: nowMs };
  }
}
