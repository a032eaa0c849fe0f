// Owns the keys table: which keys the owner has, and whether a secret is one of theirs.

import { timingSafeEqual } from 'node:crypto';

/** `write` reads, too; `delete` does nothing else: the token of an anonymous push. */
export type Scope = 'read' | 'write' | 'delete';

interface StoredKey {
  readonly secretHash: Uint8Array;
  readonly scope: Scope;
}

export class Keys {
  readonly #sql: SqlStorage;
  /** All keys by number, read when first asked for: every push asks, and only the methods here write. */
  #known: ReadonlyMap<number, StoredKey> | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  count(): number {
    return this.#sql.exec<{ count: number }>('SELECT count(*) AS count FROM keys').one().count;
  }

  /** Adds a key and gives its number, by which its bearer's requests find it. */
  add(key: { secretHash: Uint8Array; scope: Scope; name: string }, nowMs: number): number {
    this.#known = undefined;
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
    this.#known = undefined;
    this.#sql.exec('DELETE FROM keys WHERE number = (SELECT min(number) FROM keys)');
  }

  removeAll(): void {
    this.#known = undefined;
    this.#sql.exec('DELETE FROM keys');
  }

  /** What a key may do, or undefined where it isn't one of the owner's. */
  getScope(number: number, secretHash: Uint8Array): Scope | undefined {
    this.#known ??= this.#read();
    const key = this.#known.get(number);
    if (!key || key.secretHash.byteLength !== secretHash.byteLength) return undefined;
    return timingSafeEqual(key.secretHash, secretHash) ? key.scope : undefined;
  }

  /** A transaction was undone: what was kept in mind of it is not true. */
  forget(): void {
    this.#known = undefined;
  }

  #read(): Map<number, StoredKey> {
    const rows = this.#sql
      .exec<{ number: number; secret_hash: ArrayBuffer; scope: string }>(
        'SELECT number, secret_hash, scope FROM keys',
      )
      .toArray();
    return new Map(
      rows.map((row) => [
        row.number,
        { secretHash: new Uint8Array(row.secret_hash), scope: toScope(row.scope) },
      ]),
    );
  }
}

/** What a row doesn't say clearly may do least. */
function toScope(text: string): Scope {
  return text === 'write' || text === 'delete' ? text : 'read';
}
