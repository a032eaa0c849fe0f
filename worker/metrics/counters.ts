// Counts by name in memory. Pure: who counts and when it is summed, others decide.

/** How much was counted of each sample, named as Prometheus names it. */
export type Counts = ReadonlyMap<string, number>;

export class Counters {
  #counts = new Map<string, number>();

  get isEmpty(): boolean {
    return this.#counts.size === 0;
  }

  add(sample: string, amount = 1): void {
    this.#counts.set(sample, (this.#counts.get(sample) ?? 0) + amount);
  }

  /** Gives what was counted and starts anew. */
  take(): Counts {
    const counts = this.#counts;
    this.#counts = new Map();
    return counts;
  }

  /** Adds what was counted elsewhere, or was taken and could not be summed. */
  addAll(counts: Counts): void {
    for (const [sample, amount] of counts) this.add(sample, amount);
  }
}
