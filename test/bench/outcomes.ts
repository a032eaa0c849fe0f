// What became of many requests: how long the good ones took, and how many weren't, by reason.

import { quantileOf } from './statistics.ts';

/** What was wrong with an answer: its status, or that it has another text than it should. */
export type Fault = string;

export class Outcomes {
  readonly #durationsMs: number[] = [];
  readonly #faults = new Map<Fault, number>();

  /** Counts a request by its outcome. @param startMs on the clock of `performance.now()` */
  async count(startMs: number, outcome: Promise<Fault | undefined>): Promise<void> {
    const fault = await outcome.catch(nameOf);
    if (fault === undefined) this.#durationsMs.push(performance.now() - startMs);
    else this.#faults.set(fault, (this.#faults.get(fault) ?? 0) + 1);
  }

  get good(): number {
    return this.#durationsMs.length;
  }

  /** Such as `429: 12, UND_ERR_SOCKET: 1`; `none`, where all are good. */
  get faults(): string {
    return [...this.#faults].map(([fault, count]) => `${fault}: ${count}`).join(', ') || 'none';
  }

  quantileMs(part: number): number {
    return quantileOf(this.#durationsMs, part);
  }
}

function nameOf(error: unknown): Fault {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
