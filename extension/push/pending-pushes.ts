// The pushes that wait: for a correction, or for a linter that works. At most one per document, kept until a later
// push of that document succeeds, or the document is closed. What is checked and waits to be sent is in the queue.

import { type Disposable, type Event, EventEmitter, workspace } from 'vscode';
import type { FrozenPush } from '../gate/frozen.ts';
import type { Outcome } from './push-flow.ts';

export type PendingPush = Extract<Outcome<FrozenPush>, { readonly frozen: FrozenPush }>;

export class PendingPushes implements Disposable {
  readonly #changed = new EventEmitter<void>();
  /** By the document's URI; the last one is the youngest. */
  readonly #waiting = new Map<string, PendingPush>();

  readonly onDidChange: Event<void> = this.#changed.event;

  readonly #closing = workspace.onDidCloseTextDocument(({ uri }) => this.remove(uri.toString()));

  /** Oldest first. */
  get all(): readonly PendingPush[] {
    return [...this.#waiting.values()];
  }

  get(documentUri: string): PendingPush | undefined {
    return this.#waiting.get(documentUri);
  }

  add(pending: PendingPush): void {
    const documentUri = pending.frozen.uri.toString();
    this.#waiting.delete(documentUri);
    this.#waiting.set(documentUri, pending);
    this.#changed.fire();
  }

  remove(documentUri: string): void {
    if (this.#waiting.delete(documentUri)) this.#changed.fire();
  }

  dispose(): void {
    this.#closing.dispose();
    this.#changed.dispose();
  }
}
