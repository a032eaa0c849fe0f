// The Stack's tables, each behind its owner, and the transaction they share.

import { Accounts } from './account.ts';
import { Bodies } from './bodies.ts';
import { Keys } from './keys.ts';
import { Outbox } from './outbox.ts';
import { Requests } from './requests.ts';
import { hasSchema, migrate } from './schema.ts';
import { Snippets } from './snippets.ts';

export class Tables {
  readonly accounts: Accounts;
  readonly bodies: Bodies;
  readonly keys: Keys;
  readonly outbox: Outbox;
  readonly requests: Requests;
  readonly snippets: Snippets;
  readonly #storage: DurableObjectStorage;
  #created: boolean;

  constructor(storage: DurableObjectStorage) {
    const { sql } = storage;
    this.#storage = storage;
    this.accounts = new Accounts(sql);
    this.bodies = new Bodies(sql);
    this.keys = new Keys(sql);
    this.outbox = new Outbox(sql);
    this.requests = new Requests(sql);
    this.snippets = new Snippets(sql);
    this.#created = hasSchema(sql);
    if (this.#created) this.create();
  }

  /** Whether anything was ever stored here. Where not, no table may be asked. */
  get created(): boolean {
    return this.#created;
  }

  /** Brings the tables into being, or up to date. */
  create(): void {
    this.transaction(() => migrate(this.#storage.sql));
    this.#created = true;
  }

  /** All or nothing: a throw undoes what was written. */
  transaction<Value>(write: () => Value): Value {
    try {
      return this.#storage.transactionSync(write);
    } catch (error) {
      this.snippets.forget();
      throw error;
    }
  }
}
