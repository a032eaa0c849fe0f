// Owns the removals table and the state of the flush: what the archive must still be told, and when.
// What it is to be told of a snippet stands in the snippet's own row: a push writes no other.

import { limits } from '../../shared/limits.ts';
import { retryAtMs } from './retention.ts';
import type { SnippetRow, Snippets } from './snippets.ts';

/** Long due. The platform refuses an alarm at 0. */
const AT_ONCE_MS = 1;

/** One thing to tell the archive. */
export type Errand =
  | { readonly action: 'put'; readonly number: number; readonly snippet: SnippetRow }
  | { readonly action: 'delete'; readonly number: number };

/** When the archive is told of what is pushed now; null: never. */
export function archiveDueAtMs(isArchived: boolean, nowMs: number): number | null {
  return isArchived ? nowMs + limits.outboxDelayMs : null;
}

export class Outbox {
  readonly #sql: SqlStorage;
  readonly #snippets: Snippets;

  constructor(sql: SqlStorage, snippets: Snippets) {
    this.#sql = sql;
    this.#snippets = snippets;
  }

  /** Asks that the record of a number be gone. Asked for even where a put is on its way just now: it is done after it. */
  remove(number: number): void {
    this.#sql.exec('INSERT OR IGNORE INTO removals (number) VALUES (?)', number);
  }

  /** A record of this number is wanted after all. */
  takeBackRemoval(number: number): void {
    this.#sql.exec('DELETE FROM removals WHERE number = ?', number);
  }

  /** The errand that is due, the lowest number first. Asked for anew after each one: meanwhile others may be settled or taken back. */
  getDue(nowMs: number): Errand | undefined {
    if (nowMs < this.#retryAtMs()) return undefined;
    const snippet = this.#snippets.getArchiveDue(nowMs);
    const [removal] = this.#sql
      .exec<{ number: number }>('SELECT number FROM removals ORDER BY number LIMIT 1')
      .toArray();
    if (snippet && !(removal && removal.number < snippet.number))
      return { action: 'put', number: snippet.number, snippet };
    return removal && { action: 'delete', number: removal.number };
  }

  /** The archive did it. False where a put was overtaken: the snippet is another by now, or gone. */
  settle(errand: Errand): boolean {
    this.#sql.exec(
      'UPDATE account SET archive_failures = 0, archive_retry_at = 0 WHERE archive_failures > 0',
    );
    switch (errand.action) {
      case 'put':
        return this.#snippets.settleArchive(errand.snippet);
      case 'delete':
        this.takeBackRemoval(errand.number);
        return true;
      default:
        return errand satisfies never;
    }
  }

  /** The archive failed: all errands wait, longer each time, so that their order is kept. */
  postpone(nowMs: number): void {
    const { archive_failures: failures } = this.#sql
      .exec<{ archive_failures: number }>(
        'UPDATE account SET archive_failures = archive_failures + 1 RETURNING archive_failures',
      )
      .one();
    this.#sql.exec('UPDATE account SET archive_retry_at = ?', retryAtMs(nowMs, failures));
  }

  /** When the next errand is due. */
  getNextDueMs(): number | undefined {
    const hasRemovals = this.#sql.exec('SELECT 1 FROM removals LIMIT 1').toArray().length > 0;
    const dueAtMs = hasRemovals ? AT_ONCE_MS : this.#snippets.getNextArchiveDueMs();
    return dueAtMs === undefined ? undefined : Math.max(dueAtMs, this.#retryAtMs());
  }

  #retryAtMs(): number {
    return this.#sql.exec<{ at: number }>('SELECT archive_retry_at AS at FROM account').one().at;
  }
}
