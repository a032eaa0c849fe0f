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

/** An answer in memory, and how often it was given from there. */
export interface Kept<Answer> {
  readonly answer: Answer;
  readonly keptAtMs: number;
  given: number;
}

const { asks: HOT_ASKS, windowMs: WINDOW_MS, bytes: MAX_BYTES, addressesCounted: MAX_COUNTED } = limits.hot;

export class HotReads<Answer extends Perishable> {
  readonly #asked = new Map<string, Asked>();
  readonly #kept = new Map<string, Kept<Answer>>();
  #keptBytes = 0;

  /** Counts one ask, and gives the answer where it is kept and still true. */
  get(key: string, nowMs: number): Answer | undefined {
    this.#count(key, nowMs);
    const kept = this.#kept.get(key);
    if (!kept) return undefined;
    const ageMs = nowMs - kept.keptAtMs;
    if (ageMs >= 0 && ageMs < WINDOW_MS && nowMs < kept.answer.expiresAtMs) {
      kept.given += 1;
      return kept.answer;
    }
    this.#drop(key, kept);
    return undefined;
  }

  /** Whether it is asked for so often that its answer is worth keeping. */
  isHot(key: string): boolean {
    const asked = this.#asked.get(key);
    return asked !== undefined && (asked.wasHot || asked.asks >= HOT_ASKS);
  }

  /** Keeps an answer that was asked for at `askedAtMs`: its second begins there. Undefined where there is no room. */
  keep(key: string, answer: Answer, askedAtMs: number): Kept<Answer> | undefined {
    const old = this.#kept.get(key);
    if (old) this.#drop(key, old);
    // A second away in either direction: a clock may step back.
    for (const [otherKey, other] of this.#kept)
      if (Math.abs(askedAtMs - other.keptAtMs) >= WINDOW_MS) this.#drop(otherKey, other);
    if (this.#keptBytes + answer.sizeBytes > MAX_BYTES) return undefined;
    const kept = { answer, keptAtMs: askedAtMs, given: 0 };
    this.#kept.set(key, kept);
    this.#keptBytes += answer.sizeBytes;
    return kept;
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

  #drop(key: string, kept: Kept<Answer>): void {
    this.#kept.delete(key);
    this.#keptBytes -= kept.answer.sizeBytes;
  }
}
