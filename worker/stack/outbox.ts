// Owns the outbox and history tables: what the archive must still be told, and what it is known to have.
// A row becomes history only after R2 has the record: nothing is lost between the two.

import { limits } from '../../shared/limits.ts';
import { type HeldBody, heldBodies, type HoldingRow } from './bodies.ts';
import { retryAtMs } from './retention.ts';
import type { SnippetRow } from './snippets.ts';

/** One thing to tell the archive. */
export type Errand =
  | { readonly action: 'put'; readonly number: number; readonly snippet: SnippetRow }
  | { readonly action: 'delete'; readonly number: number };

export class Outbox {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Asks for a record of a snippet. Its bodies stay stored until the errand is settled. */
  put(snippet: SnippetRow, nowMs: number): void {
    this.#sql.exec(
      `INSERT INTO outbox (number, action, snippet, text_body, description_body, due_at, attempts)
       VALUES (?, 'put', ?, ?, ?, ?, 0)`,
      snippet.number,
      JSON.stringify(snippet),
      snippet.textBody,
      snippet.descriptionBody,
      nowMs + limits.outboxDelayMs,
    );
  }

  /**
   * Asks that the record of a number be gone, and names the bodies that nobody waits for any more.
   * Asked for even where a put is on its way just now: the errand is done after it.
   */
  delete(number: number, nowMs: number): HeldBody[] {
    const bodies = heldBodies(
      this.#sql
        .exec<HoldingRow>(
          'DELETE FROM outbox WHERE number = ? RETURNING number, text_body, description_body',
          number,
        )
        .toArray(),
    );
    this.#sql.exec(
      "INSERT INTO outbox (number, action, due_at, attempts) VALUES (?, 'delete', ?, 0)",
      number,
      nowMs,
    );
    return bodies;
  }

  /** The oldest errand that is due. Asked for anew after each one: meanwhile others may be settled or taken back. */
  getDue(nowMs: number): Errand | undefined {
    const [row] = this.#sql
      .exec<{ number: number; snippet: string | null }>(
        'SELECT number, snippet FROM outbox WHERE due_at <= ? ORDER BY number LIMIT 1',
        nowMs,
      )
      .toArray();
    if (!row) return undefined;
    if (row.snippet === null) return { action: 'delete', number: row.number };
    const snippet: SnippetRow = JSON.parse(row.snippet);
    return { action: 'put', number: row.number, snippet };
  }

  /** An errand was done. Names the bodies that it held. A put that was overtaken by a delete leaves that standing. */
  settle(errand: Errand): HeldBody[] {
    const settled = this.#sql
      .exec<HoldingRow>(
        'DELETE FROM outbox WHERE number = ? AND action = ? RETURNING number, text_body, description_body',
        errand.number,
        errand.action,
      )
      .toArray();
    switch (errand.action) {
      case 'put':
        if (settled.length > 0) this.#addHistory(errand.snippet);
        break;
      case 'delete':
        this.#sql.exec('DELETE FROM history WHERE number = ?', errand.number);
        break;
      default:
        errand satisfies never;
    }
    return heldBodies(settled);
  }

  /** An errand failed: it is tried again, later each time. */
  postpone(errand: Errand, nowMs: number): void {
    const [row] = this.#sql
      .exec<{ attempts: number }>(
        'UPDATE outbox SET attempts = attempts + 1 WHERE number = ? AND action = ? RETURNING attempts',
        errand.number,
        errand.action,
      )
      .toArray();
    if (!row) return;
    this.#sql.exec(
      'UPDATE outbox SET due_at = ? WHERE number = ?',
      retryAtMs(nowMs, row.attempts),
      errand.number,
    );
  }

  getNextDueMs(): number | undefined {
    const row = this.#sql.exec<{ next: number | null }>('SELECT min(due_at) AS next FROM outbox').one();
    return row.next ?? undefined;
  }

  /** Forgets history past its year; R2's lifecycle rule removes the records. */
  endHistory(nowMs: number): void {
    this.#sql.exec('DELETE FROM history WHERE ends_at <= ?', nowMs);
  }

  getNextHistoryEndMs(): number | undefined {
    const row = this.#sql.exec<{ next: number | null }>('SELECT min(ends_at) AS next FROM history').one();
    return row.next ?? undefined;
  }

  #addHistory(snippet: SnippetRow): void {
    this.#sql.exec(
      `INSERT OR REPLACE INTO history (number, summary, language, file_name, text_bytes, created_at, ends_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      snippet.number,
      snippet.summary,
      snippet.language,
      snippet.fileName,
      snippet.textBytes,
      snippet.createdAtMs,
      snippet.createdAtMs + limits.archiveSeconds * 1000,
    );
  }
}
