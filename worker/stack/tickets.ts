// Owns the tickets table: what opens the live socket, once.

import { limits } from '../../shared/limits.ts';

export class Tickets {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Gives the time at which the ticket ends. */
  add(secretHash: Uint8Array, bearerTag: string, nowMs: number): number {
    const endsAtMs = nowMs + limits.liveTicketSeconds * 1000;
    this.forgetOld(nowMs);
    this.#sql.exec(
      'INSERT INTO tickets (secret_hash, ends_at, bearer) VALUES (?, ?, ?)',
      secretHash,
      endsAtMs,
      bearerTag,
    );
    return endsAtMs;
  }

  /** The tag of what made the ticket, or undefined where there is none such. There is none from then on. */
  take(secretHash: Uint8Array, nowMs: number): string | undefined {
    const taken = this.#sql.exec<{ ends_at: number; bearer: string }>(
      'DELETE FROM tickets WHERE secret_hash = ? RETURNING ends_at, bearer',
      secretHash,
    );
    return taken.toArray().find(({ ends_at: endsAtMs }) => endsAtMs > nowMs)?.bearer;
  }

  /** What made them is revoked. */
  forgetOf(bearerTag: string): void {
    this.#sql.exec('DELETE FROM tickets WHERE bearer = ?', bearerTag);
  }

  removeAll(): void {
    this.#sql.exec('DELETE FROM tickets');
  }

  forgetOld(nowMs: number): void {
    this.#sql.exec('DELETE FROM tickets WHERE ends_at <= ?', nowMs);
  }
}
