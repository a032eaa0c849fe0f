// The one alarm of a Durable Object. Knows when it rings without asking the storage at each push.

export class AlarmClock {
  readonly #storage: DurableObjectStorage;
  /** Null: not set. Undefined: not asked yet. */
  #ringsAtMs: number | null | undefined;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Learns when the alarm rings. To be awaited before a write that `wakeBy` follows. */
  async ready(): Promise<void> {
    if (this.#ringsAtMs === undefined) this.#ringsAtMs = await this.#storage.getAlarm();
  }

  /**
   * Sees that the alarm rings at this time or sooner; Infinity is never. Called without an await since a write, it is
   * committed together with it: there is never data without its alarm.
   */
  async wakeBy(timeMs: number): Promise<void> {
    const isSooner = typeof this.#ringsAtMs !== 'number' || timeMs < this.#ringsAtMs;
    if (isSooner && timeMs !== Infinity) await this.set(timeMs);
  }

  /** Sets the alarm where none is set and something waits: the runtime forgets one that failed six times. */
  async heal(getNextDueMs: () => number | undefined): Promise<void> {
    await this.ready();
    if (this.#ringsAtMs !== null) return;
    const nextMs = getNextDueMs();
    if (nextMs !== undefined) await this.set(nextMs);
  }

  /** Sets the alarm anew, or off. */
  async set(timeMs: number | undefined): Promise<void> {
    this.#ringsAtMs = timeMs ?? null;
    await (timeMs === undefined ? this.#storage.deleteAlarm() : this.#storage.setAlarm(timeMs));
  }

  /** It has rung, or was deleted with all else: the runtime holds none now. */
  rang(): void {
    this.#ringsAtMs = null;
  }
}
