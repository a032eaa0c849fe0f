// A look through the history while somebody types: the edge searches, after a pause in the typing; an answer that
// was overtaken is dropped; further pages are appended. Free of the editor.

import type { HistoryEntry, HistoryPage, HistoryQuery } from '../../shared/client.ts';
import type { Problem, Result } from '../../shared/problem.ts';
import { toQuery } from './query.ts';

/** What was found of what was typed. */
export interface Found {
  readonly typed: string;
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  readonly hasMore: boolean;
}

export interface SearchParts {
  /** Asks the edge for a page. */
  readonly askPage: (query: HistoryQuery, signal: AbortSignal) => Promise<Result<HistoryPage>>;
  /** Resolves when somebody who still types would have typed on. */
  readonly pause: () => Promise<void>;
  /** Told whenever one of the getters has something else to say. */
  readonly changed: () => void;
}

export class HistorySearch {
  readonly #parts: SearchParts;
  /** Of the youngest question: what is aborted comes too late. */
  #question = new AbortController();
  #isBusy = false;
  #found: Found | undefined;
  #nextPageToken = '';
  #problem: Problem | undefined;
  readonly #forgotten = new Set<string>();

  constructor(parts: SearchParts) {
    this.#parts = parts;
  }

  /** Whether an answer is on its way. What was found before is on show until then. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Undefined before the first answer. */
  get found(): Found | undefined {
    return this.#found;
  }

  /** Why the last question has no answer. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Looks at once. */
  async look(typed: string): Promise<void> {
    const signal = this.#begin();
    await this.#look(typed, signal);
  }

  /** Looks once nothing more is typed. */
  async type(typed: string): Promise<void> {
    const signal = this.#begin();
    await this.#parts.pause();
    if (!signal.aborted) await this.#look(typed, signal);
  }

  /** Appends the next page, unless there is none, or another answer is on its way. */
  async more(): Promise<void> {
    const before = this.#found;
    if (!before?.hasMore || this.#isBusy) return;
    const signal = this.#begin();
    const query = { query: toQuery(before.typed), pageToken: this.#nextPageToken };
    await this.#ask(query, signal, (entries) => ({
      typed: before.typed,
      entries: [...before.entries, ...entries],
    }));
  }

  /** A record was deleted: it is on show no more, whatever is on its way. */
  forget(id: string): void {
    this.#forgotten.add(id);
    if (!this.#found) return;
    this.#found = { ...this.#found, entries: this.#remembered(this.#found.entries) };
    this.#parts.changed();
    if (this.#found.entries.length === 0) void this.more();
  }

  /** Gives up what is on its way. */
  stop(): void {
    this.#question.abort();
    this.#isBusy = false;
  }

  #begin(): AbortSignal {
    this.#question.abort();
    this.#question = new AbortController();
    this.#isBusy = true;
    this.#parts.changed();
    return this.#question.signal;
  }

  async #look(typed: string, signal: AbortSignal): Promise<void> {
    await this.#ask({ query: toQuery(typed) }, signal, (entries) => ({ typed, entries }));
  }

  async #ask(
    query: HistoryQuery,
    signal: AbortSignal,
    toFound: (page: readonly HistoryEntry[]) => Omit<Found, 'hasMore'>,
  ): Promise<void> {
    const page = await this.#parts.askPage(query, signal);
    if (signal.aborted) return;
    this.#isBusy = false;
    this.#problem = page.ok ? undefined : page.problem;
    if (page.ok) {
      const { typed, entries } = toFound(page.value.entries);
      this.#nextPageToken = page.value.nextPageToken;
      this.#found = { typed, entries: this.#remembered(entries), hasMore: this.#nextPageToken !== '' };
    }
    this.#parts.changed();
  }

  #remembered(entries: readonly HistoryEntry[]): HistoryEntry[] {
    return entries.filter(({ id }) => !this.#forgotten.has(id));
  }
}
