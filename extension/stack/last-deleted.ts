// The snippet that was deleted last here, as it comes back; the same push as long as it isn't back.

import { type Disposable, type Event, EventEmitter } from 'vscode';
import type { Push } from '../../shared/client.ts';

export class LastDeleted implements Disposable {
  readonly #changed = new EventEmitter<void>();
  #push: Push | undefined;

  readonly onDidChange: Event<void> = this.#changed.event;

  get push(): Push | undefined {
    return this.#push;
  }

  set(push: Push | undefined): void {
    this.#push = push;
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
