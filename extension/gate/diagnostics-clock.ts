// When each open document was last edited and when diagnostics of it were last heard of.
// Holds open documents only; keyed by the text of a URI. Times in milliseconds of the clock passed in.

import { limits } from '../../shared/limits.ts';
import { type DiagnosticsTimes, heardSinceEdit } from '../../shared/lint/freshness.ts';

interface Entry {
  /** Undefined: open before the clock began. */
  readonly openedAt: number | undefined;
  /** When it was opened, if it was never edited. Undefined: open before the clock began, so that nobody knows what was heard. */
  editedAt: number | undefined;
  savedAt: number | undefined;
  publishedAt: number | undefined;
  /** Has anybody ever had something to say? An editor also tells of documents that nobody speaks of. */
  hasSpoken: boolean;
}

export class DiagnosticsClock {
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #entries = new Map<string, Entry>();
  readonly #waiting = new Map<string, Set<() => void>>();
  /** When each diagnostic was heard first: whoever looks at a text again says even the same by new ones. */
  readonly #heardAt = new WeakMap<object, number>();

  constructor(now: () => number, alreadyOpen: readonly string[]) {
    this.#now = now;
    this.#startedAt = now();
    for (const uri of alreadyOpen) this.#entries.set(uri, newEntry(undefined));
  }

  opened(uri: string): void {
    this.#entries.set(uri, newEntry(this.#now()));
    this.#wake(uri);
  }

  edited(uri: string): void {
    this.#note(uri, 'editedAt');
  }

  saved(uri: string): void {
    this.#note(uri, 'savedAt');
  }

  /** @param getSaid gives all that is said of the document now; asked of open ones alone */
  published(uri: string, getSaid: () => readonly object[]): void {
    const entry = this.#entries.get(uri);
    if (entry === undefined) return;
    const said = getSaid();
    entry.hasSpoken ||= said.length > 0;
    for (const each of said) if (!this.#heardAt.has(each)) this.#heardAt.set(each, this.#now());
    this.#note(uri, 'publishedAt');
  }

  closed(uri: string): void {
    this.#entries.delete(uri);
    this.#wake(uri);
  }

  /**
   * What is known of a document, for waiting. A save counts as an edit where a tool listens that runs on
   * save. A document that was open before the clock began counts as edited when it began.
   */
  times(uri: string, countSaves: boolean): DiagnosticsTimes {
    const entry = this.#entries.get(uri);
    const editedAt = entry?.editedAt ?? this.#startedAt;
    const savedAt = countSaves ? entry?.savedAt : undefined;
    return { editedAt: Math.max(editedAt, savedAt ?? editedAt), publishedAt: entry?.publishedAt };
  }

  /** Was this said of the text before the last edit, or before the last save where its tool waits for one? */
  isOutdated(uri: string, said: object, runs: 'on-type' | 'on-save'): boolean {
    const entry = this.#entries.get(uri);
    const editedAt = runs === 'on-save' ? entry?.savedAt : entry?.editedAt;
    const publishedAt = this.#heardAt.get(said);
    if (editedAt === undefined || publishedAt === undefined) return false;
    return !heardSinceEdit({ editedAt, publishedAt });
  }

  /** Has anything ever been said of the document since it was opened? */
  hasSpoken(uri: string): boolean {
    return this.#entries.get(uri)?.hasSpoken ?? false;
  }

  /** From its opening to its last edit, has nobody said a word of the document in all the time that tools are given? */
  isPassedOver(uri: string): boolean {
    const { openedAt, editedAt, publishedAt } = this.#entries.get(uri) ?? newEntry(undefined);
    if (openedAt === undefined || editedAt === undefined || publishedAt !== undefined) return false;
    return editedAt - openedAt >= limits.lint.settleMs;
  }

  /** Was the document there before the clock began, and not edited since? Then its diagnostics may be too. */
  isOlder(uri: string): boolean {
    const entry = this.#entries.get(uri);
    return entry !== undefined && entry.editedAt === undefined;
  }

  /** Resolves after `ms`, or sooner when something happens to the document. @throws the signal's reason */
  async wait(uri: string, ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = this.#waiting.get(uri) ?? new Set();
    this.#waiting.set(uri, waiting.add(resolve));
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    clearTimeout(timer);
    waiting.delete(resolve);
    if (waiting.size === 0) this.#waiting.delete(uri);
    signal.throwIfAborted();
  }

  dispose(): void {
    this.#entries.clear();
    for (const uri of this.#waiting.keys()) this.#wake(uri);
  }

  #note(uri: string, what: 'editedAt' | 'savedAt' | 'publishedAt'): void {
    const entry = this.#entries.get(uri);
    if (entry === undefined) return;
    entry[what] = this.#now();
    this.#wake(uri);
  }

  #wake(uri: string): void {
    for (const resolve of this.#waiting.get(uri) ?? []) resolve();
  }
}

function newEntry(openedAt: number | undefined): Entry {
  return { openedAt, editedAt: openedAt, savedAt: undefined, publishedAt: undefined, hasSpoken: false };
}
