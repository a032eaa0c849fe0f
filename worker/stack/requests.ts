// Owns the requests and known_pushes tables: first answers by request id (AIP-155), so that a retry does nothing twice;
// and of a push, longer, where it was put.

import { limits } from '../../shared/limits.ts';
import { refuse, type Refusal } from '../../shared/problem.ts';
import type { SnippetFacts } from './snippet-row.ts';

/** What is remembered of a snippet: its proof may be large, and whoever asks again has it. */
export type RememberedFacts = Omit<SnippetFacts, 'proof'>;

/** What a request did. */
export type FirstAnswer =
  | { readonly kind: 'pushed'; readonly facts: RememberedFacts; readonly duplicateOf?: number }
  | { readonly kind: 'updated'; readonly facts: RememberedFacts }
  | { readonly kind: 'popped'; readonly number: number; readonly alias: string }
  | { readonly kind: 'deleted'; readonly number: number };

/** Where a push was put whose first answer is forgotten. */
interface Placement extends Pick<
  SnippetFacts,
  'number' | 'visibility' | 'device' | 'sha256' | 'createdAtMs' | 'expiresAtMs'
> {
  /** The number of the snippet that was on top and had the same text; 0 where none. */
  readonly duplicateOf: number;
}

export type KnownPush = Placement & { readonly kind: 'known' };

const { requestIdSeconds, pushKnownSeconds } = limits;

const IS_PUSH = "answer ->> '$.kind' = 'pushed'";

/** The {@link Placement} of a row of first answers. */
const PLACED = `json_object('number', answer ->> '$.facts.number', 'visibility', answer ->> '$.facts.visibility',
  'device', answer ->> '$.facts.device', 'sha256', answer ->> '$.facts.sha256',
  'createdAtMs', answer ->> '$.facts.createdAtMs', 'expiresAtMs', answer ->> '$.facts.expiresAtMs',
  'duplicateOf', coalesce(answer ->> '$.duplicateOf', 0)) AS placed`;

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
        nowMs - requestIdSeconds * 1000,
      )
      .toArray();
    if (!row) return undefined;
    const answer: FirstAnswer = JSON.parse(row.answer);
    return answer;
  }

  /** What is known of a push, within 31 days: its first answer for 24 hours, then where it was put. An empty id has none. */
  getPush(requestId: string, nowMs: number): FirstAnswer | KnownPush | undefined {
    if (requestId === '') return undefined;
    const [row] = this.#sql
      .exec<{ answer: string | null; placed: string }>(
        // Where the alarm is late, a forgotten answer is still among the first ones.
        `SELECT iif(created_at > ?2, answer, NULL) AS answer, ${PLACED} FROM requests
           WHERE request_id = ?1 AND created_at > ?3 AND (created_at > ?2 OR ${IS_PUSH})
         UNION ALL SELECT NULL, placed FROM known_pushes WHERE request_id = ?1 AND created_at > ?3`,
        requestId,
        nowMs - requestIdSeconds * 1000,
        nowMs - pushKnownSeconds * 1000,
      )
      .toArray();
    if (!row) return undefined;
    if (row.answer !== null) {
      const answer: FirstAnswer = JSON.parse(row.answer);
      return answer;
    }
    const placed: Placement = JSON.parse(row.placed);
    return { kind: 'known', ...placed };
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

  /** Of pushes, where they were put is kept on. */
  forgetOld(nowMs: number): void {
    const endedMs = nowMs - requestIdSeconds * 1000;
    this.#sql.exec(
      `INSERT OR REPLACE INTO known_pushes SELECT request_id, ${PLACED}, created_at FROM requests
         WHERE created_at <= ? AND ${IS_PUSH}`,
      endedMs,
    );
    this.#sql.exec('DELETE FROM requests WHERE created_at <= ?', endedMs);
    this.#sql.exec('DELETE FROM known_pushes WHERE created_at <= ?', nowMs - pushKnownSeconds * 1000);
  }

  getNextEndMs(): number | undefined {
    const firstMs = this.#getFirstMs('requests');
    const firstKnownMs = this.#getFirstMs('known_pushes');
    const times = [
      ...(firstMs === undefined ? [] : [firstMs + requestIdSeconds * 1000]),
      ...(firstKnownMs === undefined ? [] : [firstKnownMs + pushKnownSeconds * 1000]),
    ];
    return times.length === 0 ? undefined : Math.min(...times);
  }

  #getFirstMs(table: 'requests' | 'known_pushes'): number | undefined {
    const row = this.#sql
      .exec<{ first: number | null }>(`SELECT min(created_at) AS first FROM ${table}`)
      .one();
    return row.first ?? undefined;
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
