// Owns the stale_objects table and the state of the flush: what the archive must still be told, and when.
// What it is to be told of a snippet stands in the snippet's own row: a push writes no other.

import { packName } from '../archive/names.ts';
import { takePack } from '../archive/pack.ts';
import { limits } from '../../shared/limits.ts';
import type { Account } from './account.ts';
import { AT_ONCE_MS, retryAtMs } from './retention.ts';
import type { SnippetRow } from './snippet-row.ts';
import type { Snippets } from './snippets.ts';

/** One thing to tell the archive. */
export type Errand =
  /** Write records of these into one object. */
  | { readonly action: 'put'; readonly snippets: readonly SnippetRow[] }
  /** Rid an object of what the index names no more. */
  | { readonly action: 'compact'; readonly object: string };

/**
 * When the archive is told of what is stored now; null: never. What is private or burns stays out of it, and all of
 * an account that has it switched off.
 */
export function archiveDueAtMs(
  account: Account,
  { visibility, readsLeft }: Pick<SnippetRow, 'visibility' | 'readsLeft'>,
  nowMs: number,
): number | null {
  const isArchived = account.isArchived && visibility !== 'private' && readsLeft === 0;
  return isArchived ? nowMs + limits.outboxDelayMs : null;
}

export class Outbox {
  readonly #sql: SqlStorage;
  readonly #snippets: Snippets;

  constructor(sql: SqlStorage, snippets: Snippets) {
    this.#sql = sql;
    this.#snippets = snippets;
  }

  /** This object may hold what is to be gone. */
  markStale(object: string): void {
    this.#sql.exec('INSERT OR IGNORE INTO stale_objects (object) VALUES (?)', object);
  }

  unmarkStale(object: string): void {
    this.#sql.exec('DELETE FROM stale_objects WHERE object = ?', object);
  }

  /**
   * This revision of a snippet is never to be archived. Where the archive waits for it, it may have it already,
   * because a put was cut off before anybody noted it.
   */
  takeBack(row: SnippetRow): void {
    if (row.archiveDueAtMs !== null) this.markStale(packName(row));
  }

  /** What is to be done now. Asked for anew after each errand: meanwhile others may be settled or taken back. */
  getDue(nowMs: number): Errand | undefined {
    if (nowMs < this.#retryAtMs()) return undefined;
    return this.#getStale() ?? toPut(this.#snippets.getArchiveDue(nowMs));
  }

  /** What is there to do, due or not. */
  getWaiting(): Errand | undefined {
    return this.#getStale() ?? toPut(this.#snippets.getArchiveWaiting());
  }

  /** The archive answered: what waits isn't held up any more. */
  noteSuccess(): void {
    this.#sql.exec(
      'UPDATE account SET archive_failures = 0, archive_retry_at = 0 WHERE archive_failures > 0',
    );
  }

  /** The archive failed: all errands wait, longer each time, so that their order is kept. */
  noteFailure(nowMs: number): void {
    const { archive_failures: failures } = this.#sql
      .exec<{ archive_failures: number }>(
        'UPDATE account SET archive_failures = archive_failures + 1 RETURNING archive_failures',
      )
      .one();
    this.#sql.exec('UPDATE account SET archive_retry_at = ?', retryAtMs(nowMs, failures));
  }

  /** Failures in a row. */
  failures(): number {
    return this.#sql.exec<{ failures: number }>('SELECT archive_failures AS failures FROM account').one()
      .failures;
  }

  /** When the next errand is due. */
  getNextDueMs(): number | undefined {
    const dueAtMs = this.#getStale() ? AT_ONCE_MS : this.#snippets.getNextArchiveDueMs();
    return dueAtMs === undefined ? undefined : Math.max(dueAtMs, this.#retryAtMs());
  }

  #getStale(): Errand | undefined {
    const [row] = this.#sql
      .exec<{ object: string }>('SELECT object FROM stale_objects ORDER BY object LIMIT 1')
      .toArray();
    return row && { action: 'compact', object: row.object };
  }

  #retryAtMs(): number {
    return this.#sql.exec<{ at: number }>('SELECT archive_retry_at AS at FROM account').one().at;
  }
}

function toPut(waiting: readonly SnippetRow[]): Errand | undefined {
  const snippets = takePack(waiting);
  return snippets.length === 0 ? undefined : { action: 'put', snippets };
}
