// Owns the sessions table: in which browsers the owner is signed in, and whether a secret is one of theirs.

import { timingSafeEqual } from 'node:crypto';
import { limits } from '../../shared/limits.ts';

export interface SessionFacts {
  readonly number: number;
  readonly startedAtMs: number;
  /** To within an hour. */
  readonly lastUsedAtMs: number;
}

/** How a session stands when it is asked for. */
export interface SessionState {
  /** When it ends unless it is used before. */
  readonly endsAtMs: number;
  /** Whether its end was put off just now: its bearer is to hear of it. */
  readonly isRenewed: boolean;
}

const { seconds, renewAfterSeconds, maxSeconds, perUser } = limits.session;

export class Sessions {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Adds a session and gives its number, by which its bearer's requests find it, and its end. */
  add(secretHash: Uint8Array, nowMs: number): { readonly number: number; readonly endsAtMs: number } {
    const endsAtMs = endOf(nowMs, nowMs);
    const { number } = this.#sql
      .exec<{ number: number }>(
        `INSERT INTO sessions (number, secret_hash, started_at, renewed_at, ends_at)
         VALUES ((SELECT coalesce(max(number), 0) + 1 FROM sessions), ?1, ?2, ?2, ?3) RETURNING number`,
        secretHash,
        nowMs,
        endsAtMs,
      )
      .one();
    return { number, endsAtMs };
  }

  isGood(number: number, secretHash: Uint8Array, nowMs: number): boolean {
    const [row] = this.#sql
      .exec<{ secret_hash: ArrayBuffer }>(
        'SELECT secret_hash FROM sessions WHERE number = ? AND ends_at > ?',
        number,
        nowMs,
      )
      .toArray();
    const known = row && new Uint8Array(row.secret_hash);
    return known?.byteLength === secretHash.byteLength && timingSafeEqual(known, secretHash);
  }

  /** Whether a session is there whose time isn't over. */
  lasts(number: number, nowMs: number): boolean {
    const row = this.#sql.exec('SELECT 1 FROM sessions WHERE number = ? AND ends_at > ?', number, nowMs);
    return row.toArray().length > 0;
  }

  /** Puts the end of a good session off, where that is due; undefined where it is no more. */
  renew(number: number, nowMs: number): SessionState | undefined {
    const [row] = this.#sql
      .exec<{ started_at: number; renewed_at: number; ends_at: number }>(
        'SELECT started_at, renewed_at, ends_at FROM sessions WHERE number = ? AND ends_at > ?',
        number,
        nowMs,
      )
      .toArray();
    if (!row) return undefined;
    const endsAtMs = endOf(row.started_at, nowMs);
    const isDue = nowMs - row.renewed_at >= renewAfterSeconds * 1000 && endsAtMs > row.ends_at;
    if (!isDue) return { endsAtMs: row.ends_at, isRenewed: false };
    this.#sql.exec(
      'UPDATE sessions SET renewed_at = ?, ends_at = ? WHERE number = ?',
      nowMs,
      endsAtMs,
      number,
    );
    return { endsAtMs, isRenewed: true };
  }

  /** Newest first. */
  list(nowMs: number): SessionFacts[] {
    return this.#sql
      .exec<{ number: number; started_at: number; renewed_at: number }>(
        'SELECT number, started_at, renewed_at FROM sessions WHERE ends_at > ? ORDER BY started_at DESC, number DESC',
        nowMs,
      )
      .toArray()
      .map(({ number, started_at: startedAtMs, renewed_at: lastUsedAtMs }) => ({
        number,
        startedAtMs,
        lastUsedAtMs,
      }));
  }

  end(number: number): void {
    this.#sql.exec('DELETE FROM sessions WHERE number = ?', number);
  }

  endAll(): void {
    this.#sql.exec('DELETE FROM sessions');
  }

  /** Those whose time is over. */
  ended(nowMs: number): number[] {
    return this.#numbers('SELECT number FROM sessions WHERE ends_at <= ?', nowMs);
  }

  /** The least used of those that are too many for one more. */
  surplus(): number[] {
    return this.#numbers(
      'SELECT number FROM sessions ORDER BY renewed_at DESC, number DESC LIMIT -1 OFFSET ?',
      perUser - 1,
    );
  }

  getNextEndMs(): number | undefined {
    const row = this.#sql.exec<{ first: number | null }>('SELECT min(ends_at) AS first FROM sessions').one();
    return row.first ?? undefined;
  }

  #numbers(query: string, bound: number): number[] {
    return this.#sql
      .exec<{ number: number }>(query, bound)
      .toArray()
      .map(({ number }) => number);
  }
}

function endOf(startedAtMs: number, renewedAtMs: number): number {
  return Math.min(renewedAtMs + seconds * 1000, startedAtMs + maxSeconds * 1000);
}
