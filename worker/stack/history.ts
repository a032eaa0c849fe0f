// Owns the history table: the index of the archive. A row means that R2 has the record.

import { limits } from '../../shared/limits.ts';
import type { SnippetRow } from './snippets.ts';

export class History {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** R2 has the record of a snippet, for a year from its push. */
  add(snippet: SnippetRow): void {
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

  remove(number: number): void {
    this.#sql.exec('DELETE FROM history WHERE number = ?', number);
  }

  /** Forgets what is past its year; R2's lifecycle rule removes the records. */
  removeEnded(nowMs: number): void {
    this.#sql.exec('DELETE FROM history WHERE ends_at <= ?', nowMs);
  }

  getNextEndMs(): number | undefined {
    const row = this.#sql.exec<{ next: number | null }>('SELECT min(ends_at) AS next FROM history').one();
    return row.next ?? undefined;
  }
}
