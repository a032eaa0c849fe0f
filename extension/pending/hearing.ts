// Waits until something was heard, and then until it has been quiet for a while. What is heard between two waits
// counts for the next one. Free of the editor.

export class Hearing {
  readonly #pauseMs: number;
  #heard = Promise.withResolvers<void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #quiet: PromiseWithResolvers<void> | undefined;

  constructor(pauseMs: number) {
    this.#pauseMs = pauseMs;
  }

  /** Something was heard. */
  hear(): void {
    const quiet = (this.#quiet ??= Promise.withResolvers<void>());
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // What is heard later is followed by a quiet of its own.
      this.#quiet = undefined;
      quiet.resolve();
    }, this.#pauseMs);
    this.#heard.resolve();
  }

  /** Resolves once something was heard since the last time and nothing more came for the pause. */
  async next(): Promise<void> {
    await this.#heard.promise;
    await this.#quiet?.promise;
    this.#heard = Promise.withResolvers<void>();
  }

  /** Whoever waits waits no longer. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#heard.resolve();
    this.#quiet?.resolve();
  }
}
