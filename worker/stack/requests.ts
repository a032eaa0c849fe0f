// Owns the requests table: first answers by request id (AIP-155), so that a retry does nothing twice.

import { limits } from '../../shared/limits.ts';
import { refuse, type Refusal } from '../../shared/problem.ts';
import type { SnippetFacts } from './snippets.ts';

/** What is remembered of a snippet: its proof may be large, and whoever asks again has it. */
export type RememberedFacts = Omit<SnippetFacts, 'proof'>;

/** What a request did. */
export type FirstAnswer =
  | { readonly kind: 'pushed'; readonly facts: RememberedFacts; readonly duplicateOf?: number }
  | { readonly kind: 'updated'; readonly facts: RememberedFacts }
  | { readonly kind: 'popped'; readonly number: number; readonly alias: string }
  | { readonly kind: 'deleted'; readonly number: number };

export class Requests {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The first answer to a request id, if it was given within the last 24 hours. An empty id has none. */
  getAnswer(requestId: string, nowMs: number): FirstAnswer | undefined {
    if (requestId === '') return undefined;
    const [row] = this.#sql
      .exec<{ answer: string }>(
        'SELECT answer FROM requests WHERE request_id = ? AND created_at > ?',
        requestId,
        nowMs - limits.requestIdSeconds * 1000,
      )
      .toArray();
    if (!row) return undefined;
    const answer: FirstAnswer = JSON.parse(row.answer);
    return answer;
  }

  /** An empty id is not remembered. */
  remember(requestId: string, answer: FirstAnswer, nowMs: number): void {
    if (requestId === '') return;
    this.#sql.exec(
      `INSERT INTO requests (request_id, answer, created_at) VALUES (?1, ?2, ?3)
       ON CONFLICT (request_id) DO UPDATE SET answer = ?2, created_at = ?3`,
      requestId,
      JSON.stringify(answer),
      nowMs,
    );
  }

  /** Takes a snippet's words out of first answers. A retry still finds what was done, and does nothing twice. */
  forgetWords(number: number): void {
    this.#sql.exec(
      `UPDATE requests SET answer = json_set(answer, '$.facts.summary', '', '$.facts.firstLine', '',
         '$.facts.fileName', '', '$.facts.alias', '')
       WHERE answer ->> '$.facts.number' = ?`,
      number,
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

/** Facts as they are remembered. */
export function withoutProof({ proof: _proof, ...facts }: SnippetFacts): RememberedFacts {
  return facts;
}

/** A request id that was already given to something else. */
export function otherRequest(): Refusal {
  return refuse('invalid_argument', 'This request id was used for another request. Take a fresh one.', {
    field: 'requestId',
  });
}
