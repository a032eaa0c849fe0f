// The pushes that wait: for a correction, or for a linter that works. At most one per document, kept until a later
// push of that document succeeds, or the document is closed. What is checked and waits to be sent is in the queue.

import { Disposable, type Event, EventEmitter, type TextDocumentChangeEvent, workspace } from 'vscode';
import { followEdit } from '../../shared/lint/follow.ts';
import type { TextRange } from '../../shared/lint/range.ts';
import type { FrozenPush } from '../gate/frozen.ts';
import type { Outcome } from '../push/push-flow.ts';

/** How a push ended that waits. */
export type Waiting = Extract<Outcome<FrozenPush>, { readonly frozen: FrozenPush }>;

export type PendingPush = Waiting & {
  /** Does it go by itself as soon as it is clean? */
  readonly isWatched: boolean;
};

/** What became of one that waits no more: a message about it stays until somebody closes it. */
export type PendingEnd =
  | { readonly kind: 'pushed'; readonly number: number }
  | { readonly kind: 'queued' }
  | { readonly kind: 'discarded' }
  | { readonly kind: 'closed' };

interface Entry {
  readonly waiting: Waiting;
  /** The document as it was after its last change. */
  text: string;
  /** Where what was selected in it lies by now; undefined where nobody can tell. */
  ranges: readonly TextRange[] | undefined;
}

export class PendingPushes implements Disposable {
  readonly #changed = new EventEmitter<void>();
  /** By the document's URI; the last one is the youngest. */
  readonly #entries = new Map<string, Entry>();
  readonly #watched = new Set<string>();
  readonly #ends = new Map<string, PendingEnd>();
  readonly #subscriptions = Disposable.from(
    this.#changed,
    workspace.onDidCloseTextDocument(({ uri }) => this.remove(uri.toString(), { kind: 'closed' })),
    workspace.onDidCloseNotebookDocument(({ uri }) => this.remove(uri.toString(), { kind: 'closed' })),
    workspace.onDidChangeTextDocument((change) => this.#follow(change)),
  );

  readonly onDidChange: Event<void> = this.#changed.event;

  /** Oldest first. */
  get all(): readonly PendingPush[] {
    return [...this.#entries.keys()].map((uri) => this.get(uri)).filter((each) => each !== undefined);
  }

  get(documentUri: string): PendingPush | undefined {
    const entry = this.#entries.get(documentUri);
    return entry && { ...entry.waiting, isWatched: this.#watched.has(documentUri) };
  }

  /** What became of the last one of this document; undefined where none waited, or one still does. */
  getEnd(documentUri: string): PendingEnd | undefined {
    return this.#entries.has(documentUri) ? undefined : this.#ends.get(documentUri);
  }

  /** Where what was selected lies by now, through all edits since; undefined where nobody can tell. */
  getRanges(documentUri: string): readonly TextRange[] | undefined {
    return this.#entries.get(documentUri)?.ranges;
  }

  /** Takes the place of what waits of the same document; watched, if that was. */
  add(waiting: Waiting): void {
    const { uri, parts } = waiting.frozen;
    this.#entries.delete(uri.toString());
    this.#entries.set(uri.toString(), {
      waiting,
      text: parts[0]?.document.text ?? '',
      ranges: parts.map(({ range }) => range),
    });
    this.#changed.fire();
  }

  /** What is meant from now on. */
  setRanges(documentUri: string, ranges: readonly TextRange[]): void {
    const entry = this.#entries.get(documentUri);
    if (entry) entry.ranges = ranges;
  }

  setWatched(documentUri: string, isWatched: boolean): void {
    if (!this.#entries.has(documentUri) || this.#watched.has(documentUri) === isWatched) return;
    if (isWatched) this.#watched.add(documentUri);
    else this.#watched.delete(documentUri);
    this.#changed.fire();
  }

  remove(documentUri: string, end: PendingEnd): void {
    this.#watched.delete(documentUri);
    if (!this.#entries.delete(documentUri)) return;
    this.#ends.set(documentUri, end);
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  // A change of several places is told from the last one to the first: none moves another.
  #follow({ document, contentChanges }: TextDocumentChangeEvent): void {
    const entry = this.#entries.get(document.uri.toString());
    // Of a whole document nothing has to be followed.
    if (entry?.waiting.frozen.extent !== 'selected') return;
    for (const { range, text: newText } of contentChanges) {
      const followed = entry.ranges?.map((each) => followEdit(each, { range, newText }, entry.text));
      entry.ranges = followed?.every((each) => each !== undefined) ? followed : undefined;
    }
    entry.text = document.getText();
  }
}
