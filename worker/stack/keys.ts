// Owns the keys table: which keys the owner has, whether a secret is one of theirs, and when each was last used.
// A number is never given out twice.

import { timingSafeEqual } from 'node:crypto';
import { limits } from '../../shared/limits.ts';

/** `write` reads, too; `delete` does nothing else: the token of an anonymous push. */
export type Scope = 'read' | 'write' | 'delete';

/** What is told of a key: all but its secret. */
export interface KeyFacts {
  readonly number: number;
  readonly name: string;
  readonly scope: Scope;
  readonly createdAtMs: number;
  /** From then on it is refused; undefined where it has no end. */
  readonly endsAtMs: number | undefined;
  /** To within an hour; undefined where it was never used. */
  readonly lastUsedAtMs: number | undefined;
}

export interface AddedKey extends Pick<KeyFacts, 'name' | 'scope'> {
  readonly secretHash: Uint8Array;
  readonly endsAtMs?: number | undefined;
}

interface StoredKey extends KeyFacts {
  readonly secretHash: Uint8Array;
}

export class Keys {
  readonly #sql: SqlStorage;
  /** All keys by number, read when first asked for: every push asks, and only the methods here write. */
  #known: Map<number, StoredKey> | undefined;
  /** Uses that are still to be written, by the key's number. */
  readonly #uses = new Map<number, number>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  count(): number {
    return this.#all().size;
  }

  /** Newest first, without those that have ended. */
  list(nowMs: number): KeyFacts[] {
    return [...this.#all().values()]
      .filter((key) => !hasEnded(key, nowMs))
      .toSorted((a, b) => b.number - a.number)
      .map(({ secretHash: _secretHash, ...facts }) => ({
        ...facts,
        lastUsedAtMs: this.#uses.get(facts.number) ?? facts.lastUsedAtMs,
      }));
  }

  /** Adds a key and gives its number, by which its bearer's requests find it. */
  add(key: AddedKey, nowMs: number): number {
    this.forget();
    const row = this.#sql
      .exec<{ number: number }>(
        `INSERT INTO keys (number, secret_hash, scope, name, created_at, ends_at)
         VALUES (1 + max((SELECT coalesce(max(number), 0) FROM keys),
           (SELECT coalesce(max(highest_number), 0) FROM gone_keys)), ?, ?, ?, ?, ?) RETURNING number`,
        key.secretHash,
        key.scope,
        key.name,
        nowMs,
        key.endsAtMs ?? null,
      )
      .one();
    return row.number;
  }

  /** Takes keys away: from then on they are unknown. Gives the numbers of those that were there. */
  remove(numbers: readonly number[]): number[] {
    const known = this.#all();
    const removed = numbers.filter((number) => known.has(number));
    if (removed.length === 0) return [];
    // The highest number is known by its row alone: when that goes, it must be written down.
    const highest = Math.max(...known.keys());
    if (removed.includes(highest))
      this.#sql.exec(
        `INSERT INTO gone_keys (singleton, highest_number) VALUES (1, ?)
         ON CONFLICT (singleton) DO UPDATE SET highest_number = max(highest_number, excluded.highest_number)`,
        highest,
      );
    for (const number of removed) {
      this.#sql.exec('DELETE FROM keys WHERE number = ?', number);
      this.#uses.delete(number);
    }
    this.forget();
    return removed;
  }

  removeAll(): void {
    this.remove([...this.#all().keys()]);
  }

  /** Those of a name. */
  named(name: string): number[] {
    return this.#numbersOf((key) => key.name === name);
  }

  /** Those whose time is over. */
  ended(nowMs: number): number[] {
    return this.#numbersOf((key) => hasEnded(key, nowMs));
  }

  getOldest(): number | undefined {
    const numbers = [...this.#all().keys()];
    return numbers.length === 0 ? undefined : Math.min(...numbers);
  }

  get(number: number): KeyFacts | undefined {
    return this.#all().get(number);
  }

  /** The key of a secret, or undefined where it isn't one of the owner's. It may have ended: {@link hasEnded}. */
  find(number: number, secretHash: Uint8Array): KeyFacts | undefined {
    const key = this.#all().get(number);
    if (!key || key.secretHash.byteLength !== secretHash.byteLength) return undefined;
    return timingSafeEqual(key.secretHash, secretHash) ? key : undefined;
  }

  /** Keeps a use in mind. Gives whether it is to be written: at most once an hour for each key. */
  noteUse({ number, lastUsedAtMs }: KeyFacts, nowMs: number): boolean {
    if (lastUsedAtMs !== undefined && nowMs - lastUsedAtMs < limits.keyUseMs) return false;
    this.#uses.set(number, nowMs);
    return true;
  }

  writeUses(): void {
    for (const [number, nowMs] of this.#uses) {
      const key = this.#all().get(number);
      if (!key) continue;
      this.#sql.exec('UPDATE keys SET last_used_at = ? WHERE number = ?', nowMs, number);
      this.#all().set(number, { ...key, lastUsedAtMs: nowMs });
    }
    this.#uses.clear();
  }

  /** What was noted is of an account that is no more. */
  dropUses(): void {
    this.#uses.clear();
  }

  getNextEndMs(): number | undefined {
    const times = [...this.#all().values()].flatMap(({ endsAtMs }) => endsAtMs ?? []);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** A transaction was undone: what was kept in mind of it is not true. */
  forget(): void {
    this.#known = undefined;
  }

  #numbersOf(matches: (key: KeyFacts) => boolean): number[] {
    return [...this.#all().values()].filter(matches).map(({ number }) => number);
  }

  #all(): Map<number, StoredKey> {
    this.#known ??= this.#read();
    return this.#known;
  }

  #read(): Map<number, StoredKey> {
    const rows = this.#sql
      .exec<Columns>(
        'SELECT number, secret_hash, scope, name, created_at, ends_at, last_used_at FROM keys ORDER BY number',
      )
      .toArray();
    return new Map(rows.map((row) => [row.number, fromColumns(row)]));
  }
}

/** Whether a key's time is over. */
export function hasEnded({ endsAtMs }: Pick<KeyFacts, 'endsAtMs'>, nowMs: number): boolean {
  return endsAtMs !== undefined && endsAtMs <= nowMs;
}

type Columns = {
  number: number;
  secret_hash: ArrayBuffer;
  scope: string;
  name: string;
  created_at: number;
  ends_at: number | null;
  last_used_at: number | null;
};

function fromColumns(row: Columns): StoredKey {
  return {
    number: row.number,
    secretHash: new Uint8Array(row.secret_hash),
    scope: toScope(row.scope),
    name: row.name,
    createdAtMs: row.created_at,
    endsAtMs: row.ends_at ?? undefined,
    lastUsedAtMs: row.last_used_at ?? undefined,
  };
}

/** What a row doesn't say clearly may do least. */
function toScope(text: string): Scope {
  return text === 'write' || text === 'delete' ? text : 'read';
}
