// Owns the account table: whose stack this is.

import { type Visibility, visibilities } from '../../shared/snippet.ts';

export interface Account {
  /** `anonymous`: the stack of one push without a key. It has no user id and no archive. */
  readonly kind: 'user' | 'anonymous';
  /** Empty where the stack is nobody's. */
  readonly userId: string;
  readonly defaultVisibility: Visibility;
}

/** The stack of a push without a key. */
export const anonymousAccount: Account = { kind: 'anonymous', userId: '', defaultVisibility: 'unlisted' };

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
      'INSERT INTO account (singleton, kind, user_id, default_visibility, created_at) VALUES (1, ?, ?, ?, ?)',
      account.kind,
      account.userId,
      account.defaultVisibility,
      nowMs,
    );
  }

  setDefaultVisibility(visibility: Visibility): void {
    this.forget();
    this.#sql.exec('UPDATE account SET default_visibility = ?', visibility);
  }

  /** A transaction was undone: what was kept in mind of it is not true. */
  forget(): void {
    this.#known = undefined;
  }

  #read(): Account | undefined {
    const [row] = this.#sql
      .exec<{ kind: string; user_id: string; default_visibility: string }>(
        'SELECT kind, user_id, default_visibility FROM account',
      )
      .toArray();
    return (
      row && {
        kind: row.kind === 'anonymous' ? 'anonymous' : 'user',
        userId: row.user_id,
        defaultVisibility: requireVisibility(row.default_visibility),
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
