// Owns the requests table: first answers by request id (AIP-155), so that a retry makes no second snippet.

import { limits } from '../../shared/limits.ts';
import type { SnippetRow } from './snippets.ts';

export class Requests {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The first answer to a request id, if it was given within the last 24 hours. */
  getAnswer(requestId: string, nowMs: number): SnippetRow | undefined {
    const [row] = this.#sql
      .exec<{ answer: string }>(
        'SELECT answer FROM requests WHERE request_id = ? AND created_at > ?',
        requestId,
        nowMs - limits.requestIdSeconds * 1000,
      )
      .toArray();
    if (!row) return undefined;
    const answer: SnippetRow = JSON.parse(row.answer);
    return answer;
  }

  remember(requestId: string, answer: SnippetRow, nowMs: number): void {
    this.#sql.exec(
      `INSERT INTO requests (request_id, answer, created_at) VALUES (?1, ?2, ?3)
       ON CONFLICT (request_id) DO UPDATE SET answer = ?2, created_at = ?3`,
      requestId,
      JSON.stringify(answer),
      nowMs,
    );
  }

  forgetOld(nowMs: number): void {
    this.#sql.exec('DELETE FROM requests WHERE created_at <= ?', nowMs - limits.requestIdSeconds * 1000);
  }

  getNextEndMs(): number | undefined {
    const row = this.#sql
      .exec<{ first: number | null }>('SELECT min(created_at) AS first FROM requests')
      .one();
    return row.first === null ? undefined : row.first + limits.requestIdSeconds * 1000;
  }
}
