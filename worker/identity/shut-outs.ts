// Who is shut out, and for how much longer: doubling each time. In the isolate's memory, bounded. Pure: the time
// is passed in.

import { limits } from '../../shared/limits.ts';

interface ShutOut {
  readonly untilMs: number;
  readonly seconds: number;
}

export class ShutOuts {
  readonly #byClient = new Map<string, ShutOut>();

  /** How long a client still has to wait; 0 where it needn't. */
  waitSeconds(client: string, nowMs: number): number {
    const shutOut = this.#byClient.get(client);
    return shutOut ? Math.max(0, Math.ceil((shutOut.untilMs - nowMs) / 1000)) : 0;
  }

  /** Shuts a client out and gives for how long: twice as long as the last time, where that isn't long ago. */
  shut(client: string, nowMs: number): number {
    const { min, max } = limits.shutOutSeconds;
    const last = this.#byClient.get(client);
    const isAgain = last !== undefined && nowMs - last.untilMs < max * 1000;
    const seconds = isAgain ? Math.min(max, last.seconds * 2) : min;
    this.#byClient.delete(client);
    if (this.#byClient.size >= limits.shutOutAddresses) this.#forgetOldest();
    this.#byClient.set(client, { untilMs: nowMs + seconds * 1000, seconds });
    return seconds;
  }

  #forgetOldest(): void {
    const [oldest] = this.#byClient.keys();
    if (oldest !== undefined) this.#byClient.delete(oldest);
  }
}
