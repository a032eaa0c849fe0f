// Owns the account table: whose stack this is, and the counters that are never reused.

import { type Visibility, visibilities } from '../../shared/snippet.ts';

export interface Account {
  readonly userId: string;
  readonly defaultVisibility: Visibility;
}

export class Accounts {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  get(): Account | undefined {
    const [row] = this.#sql
      .exec<{ user_id: string; default_visibility: string }>(
        'SELECT user_id, default_visibility FROM account',
      )
      .toArray();
    if (!row) return undefined;
    const defaultVisibility = requireVisibility(row.default_visibility);
    return { userId: row.user_id, defaultVisibility };
  }

  /** @throws where the stack has no owner yet: credentials are checked before, so that is a fault. */
  require(): Account {
    const account = this.get();
    if (!account) throw new Error('the stack has no account');
    return account;
  }

  create(account: Account, nowMs: number): void {
    this.#sql.exec(
      `INSERT INTO account (singleton, user_id, default_visibility, last_number, last_body, created_at)
       VALUES (1, ?, ?, 0, 0, ?)`,
      account.userId,
      account.defaultVisibility,
      nowMs,
    );
  }

  /** Gives out the next number and two bodies, one for a text and one for a long description; and says whose they are. */
  takeNumber(): Account & { number: number; textBody: number; descriptionBody: number } {
    const row = this.#sql
      .exec<{ user_id: string; default_visibility: string; last_number: number; last_body: number }>(
        `UPDATE account SET last_number = last_number + 1, last_body = last_body + 2
         RETURNING user_id, default_visibility, last_number, last_body`,
      )
      .one();
    return {
      userId: row.user_id,
      defaultVisibility: requireVisibility(row.default_visibility),
      number: row.last_number,
      textBody: row.last_body - 1,
      descriptionBody: row.last_body,
    };
  }
}

/** A visibility as a row holds it. @throws where the row holds none: the storage is not ours. */
export function requireVisibility(text: string): Visibility {
  const visibility = visibilities.find((known) => known === text);
  if (!visibility) throw new Error('a stored visibility is unknown');
  return visibility;
}
