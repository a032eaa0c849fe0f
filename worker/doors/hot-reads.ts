// What is asked for many times a second is kept in the isolate's memory for the second after, so that a link that
// goes round the world neither meets its owner's read limit nor melts one object. Pure: the time is passed in.

import { limits } from '../../shared/limits.ts';

/** What may be kept: it ends by itself. */
export interface Perishable {
  readonly expiresAtMs: number;
  readonly sizeBytes: number;
}

interface Asked {
  readonly sinceMs: number;
  readonly asks: number;
  /** Whether it was asked for often in the window before. */
  readonly wasHot: boolean;
}

/** A hot answer, and how often it was given: whoever gives it counts. */
export interface Hot<Answer> {
  readonly answer: Answer;
  readonly askedAtMs: number;
  given: number;
}

interface Asking<Answer> {
  readonly sinceMs: number;
  readonly hot: Promise<Hot<Answer>>;
}

const { asks: HOT_ASKS, windowMs: WINDOW_MS, bytes: MAX_BYTES, addressesCounted: MAX_COUNTED } = limits.hot;

export class HotReads<Answer extends Perishable> {
  readonly #asked = new Map<string, Asked>();
  readonly #kept = new Map<string, Hot<Answer>>();
  /** What is on its way. */
  readonly #asking = new Map<string, Asking<Answer>>();
  #keptBytes = 0;

  /** Counts one ask, and gives the answer where it is kept and still true. */
  get(key: string, nowMs: number): Hot<Answer> | undefined {
    this.#count(key, nowMs);
    const kept = this.#kept.get(key);
    if (!kept) return undefined;
    const ageMs = nowMs - kept.askedAtMs;
    if (ageMs >= 0 && ageMs < WINDOW_MS && nowMs < kept.answer.expiresAtMs) return kept;
    this.#drop(key, kept);
    return undefined;
  }

  /** Whether it is asked for so often that its answer is worth keeping. */
  isHot(key: string): boolean {
    const asked = this.#asked.get(key);
    return asked !== undefined && (asked.wasHot || asked.asks >= HOT_ASKS);
  }

  /**
   * The answer that is on its way for somebody else, if it was asked for within the last second; else what `ask`
   * brings, kept for the rest of its second where there is room. So many at once ask once.
   */
  ask(key: string, nowMs: number, ask: () => Promise<Answer>): Promise<Hot<Answer>> {
    const asking = this.#asking.get(key);
    if (asking && Math.abs(nowMs - asking.sinceMs) < WINDOW_MS) return asking.hot;
    // What never came would stay.
    for (const [otherKey, { sinceMs }] of this.#asking)
      if (Math.abs(nowMs - sinceMs) >= WINDOW_MS) this.#asking.delete(otherKey);
    const hot = this.#bring(key, nowMs, ask);
    this.#asking.set(key, { sinceMs: nowMs, hot });
    return hot;
  }

  async #bring(key: string, askedAtMs: number, ask: () => Promise<Answer>): Promise<Hot<Answer>> {
    try {
      const hot = { answer: await ask(), askedAtMs, given: 0 };
      this.#keep(key, hot);
      return hot;
    } finally {
      if (this.#asking.get(key)?.sinceMs === askedAtMs) this.#asking.delete(key);
    }
  }

  #keep(key: string, hot: Hot<Answer>): void {
    const old = this.#kept.get(key);
    if (old) this.#drop(key, old);
    // A second away in either direction: a clock may step back.
    for (const [otherKey, other] of this.#kept)
      if (Math.abs(hot.askedAtMs - other.askedAtMs) >= WINDOW_MS) this.#drop(otherKey, other);
    if (this.#keptBytes + hot.answer.sizeBytes > MAX_BYTES) return;
    this.#kept.set(key, hot);
    this.#keptBytes += hot.answer.sizeBytes;
  }

  #count(key: string, nowMs: number): void {
    const asked = this.#asked.get(key);
    const ageMs = asked ? nowMs - asked.sinceMs : Infinity;
    if (asked && ageMs >= 0 && ageMs < WINDOW_MS) {
      this.#asked.set(key, { ...asked, asks: asked.asks + 1 });
      return;
    }
    const wasHot = asked !== undefined && asked.asks >= HOT_ASKS && ageMs < 2 * WINDOW_MS;
    // The oldest count goes: whatever is hot is counted anew within its next asks.
    this.#asked.delete(key);
    if (this.#asked.size >= MAX_COUNTED)
      for (const oldest of this.#asked.keys()) {
        this.#asked.delete(oldest);
        break;
      }
    this.#asked.set(key, { sinceMs: nowMs, asks: 1, wasHot });
  }

  #drop(key: string, kept: Hot<Answer>): void {
    this.#kept.delete(key);
    this.#keptBytes -= kept.answer.sizeBytes;
  }
}
