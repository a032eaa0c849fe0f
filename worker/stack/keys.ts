// Owns the keys table: which keys the owner has, and whether a secret is one of theirs.

import { timingSafeEqual } from 'node:crypto';

export type Scope = 'read' | 'write';

export class Keys {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  count(): number {
    return this.#sql.exec<{ count: number }>('SELECT count(*) AS count FROM keys').one().count;
  }

  /** Adds a key and gives its number, by which its bearer's requests find it. */
  add(key: { secretHash: Uint8Array; scope: Scope; name: string }, nowMs: number): number {
    const row = this.#sql
      .exec<{ number: number }>(
        `INSERT INTO keys (number, secret_hash, scope, name, created_at)
         VALUES ((SELECT coalesce(max(number), 0) + 1 FROM keys), ?, ?, ?, ?) RETURNING number`,
        key.secretHash,
        key.scope,
        key.name,
        nowMs,
      )
      .one();
    return row.number;
  }

  removeOldest(): void {
    this.#sql.exec('DELETE FROM keys WHERE number = (SELECT min(number) FROM keys)');
  }

  /** What a key may do, or undefined where it isn't one of the owner's. */
  getScope(number: number, secretHash: Uint8Array): Scope | undefined {
    const [row] = this.#sql
      .exec<{ secret_hash: ArrayBuffer; scope: string }>(
        'SELECT secret_hash, scope FROM keys WHERE number = ?',
        number,
      )
      .toArray();
    if (!row) return undefined;
    const stored = new Uint8Array(row.secret_hash);
    if (stored.byteLength !== secretHash.byteLength || !timingSafeEqual(stored, secretHash)) return undefined;
    return row.scope === 'write' ? 'write' : 'read';
  }
}
