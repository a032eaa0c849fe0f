// Owns the account table: whose stack this is.

import { limits } from '../../shared/limits.ts';
import { type Visibility, visibilities } from '../../shared/snippet.ts';

export interface Account {
  /** `anonymous`: the stack of one push without a key. It has no user id and no archive. */
  readonly kind: 'user' | 'anonymous';
  /** Empty where the stack is nobody's. */
  readonly userId: string;
  readonly defaultVisibility: Visibility;
  /** The lifetime of a push that says nothing of it. */
  readonly defaultTtlSeconds: number;
  /** Whether what is pushed is kept for a year. */
  readonly isArchived: boolean;
  /** Its owner had it erased: nothing of it is given out, and the archive still has some of it. */
  readonly isErased: boolean;
}

/** What is undefined stays as it is. */
export interface AccountChange {
  readonly defaultVisibility: Visibility | undefined;
  readonly defaultTtlSeconds: number | undefined;
  readonly isArchived: boolean | undefined;
}

/** The stack of a push without a key. */
export const anonymousAccount: Account = {
  kind: 'anonymous',
  userId: '',
  defaultVisibility: 'unlisted',
  defaultTtlSeconds: limits.ttlSeconds.default,
  isArchived: false,
  isErased: false,
};

export class Accounts {
  readonly #sql: SqlStorage;
  /** Every push asks for it, and only the methods here write. */
  #known: Account | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  get(): Account | undefined {
    this.#known ??= this.#read();
    return this.#known;
  }

  /** @throws where the stack has no owner yet: credentials are checked before, so that is a fault. */
  require(): Account {
    const account = this.get();
    if (!account) throw new Error('the stack has no account');
    return account;
  }

  create(account: Account, nowMs: number): void {
    this.forget();
    this.#sql.exec(
      `INSERT INTO account
         (singleton, kind, user_id, default_visibility, default_ttl_seconds, archive_enabled, created_at)
       VALUES (1, ?, ?, ?, ?, ?, ?)`,
      account.kind,
      account.userId,
      account.defaultVisibility,
      account.defaultTtlSeconds,
      account.isArchived ? 1 : 0,
      nowMs,
    );
  }

  /** Changes what is given. */
  update(change: AccountChange): void {
    this.forget();
    if (change.defaultVisibility !== undefined)
      this.#sql.exec('UPDATE account SET default_visibility = ?', change.defaultVisibility);
    if (change.defaultTtlSeconds !== undefined)
      this.#sql.exec('UPDATE account SET default_ttl_seconds = ?', change.defaultTtlSeconds);
    if (change.isArchived !== undefined)
      this.#sql.exec('UPDATE account SET archive_enabled = ?', change.isArchived ? 1 : 0);
  }

  markErased(nowMs: number): void {
    this.forget();
    this.#sql.exec('UPDATE account SET erased_at = ?', nowMs);
  }

  /** A transaction was undone: what was kept in mind of it is not true. */
  forget(): void {
    this.#known = undefined;
  }

  #read(): Account | undefined {
    const [row] = this.#sql
      .exec<{
        kind: string;
        user_id: string;
        default_visibility: string;
        default_ttl_seconds: number;
        archive_enabled: number;
        erased_at: number | null;
      }>(
        'SELECT kind, user_id, default_visibility, default_ttl_seconds, archive_enabled, erased_at FROM account',
      )
      .toArray();
    return (
      row && {
        kind: row.kind === 'anonymous' ? 'anonymous' : 'user',
        userId: row.user_id,
        defaultVisibility: requireVisibility(row.default_visibility),
        defaultTtlSeconds: row.default_ttl_seconds,
        isArchived: row.archive_enabled === 1,
        isErased: row.erased_at !== null,
      }
    );
  }
}

/** A visibility as a row holds it. @throws where the row holds none: the storage is not ours. */
export function requireVisibility(text: string): Visibility {
  const visibility = visibilities.find((known) => known === text);
  if (!visibility) throw new Error('a stored visibility is unknown');
  return visibility;
}
