// Owns the tickets table: what opens the live socket, once.

import { limits } from '../../shared/limits.ts';

export class Tickets {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Gives the time at which the ticket ends. */
  add(secretHash: Uint8Array, nowMs: number): number {
    const endsAtMs = nowMs + limits.liveTicketSeconds * 1000;
    this.forgetOld(nowMs);
    this.#sql.exec('INSERT INTO tickets (secret_hash, ends_at) VALUES (?, ?)', secretHash, endsAtMs);
    return endsAtMs;
  }

  /** Whether there is such a ticket. There is none from then on. */
  take(secretHash: Uint8Array, nowMs: number): boolean {
    const taken = this.#sql.exec<{ ends_at: number }>(
      'DELETE FROM tickets WHERE secret_hash = ? RETURNING ends_at',
      secretHash,
    );
    return taken.toArray().some(({ ends_at: endsAtMs }) => endsAtMs > nowMs);
  }

  removeAll(): void {
    this.#sql.exec('DELETE FROM tickets');
  }

  forgetOld(nowMs: number): void {
    this.#sql.exec('DELETE FROM tickets WHERE ends_at <= ?', nowMs);
  }
}
