// The Stack's tables, each behind its owner, and the transaction they share.

import { Accounts } from './account.ts';
import { History } from './history.ts';
import { Identities } from './identities.ts';
import { Keys } from './keys.ts';
import { Outbox } from './outbox.ts';
import { ReadCounts } from './read-counts.ts';
import { Requests } from './requests.ts';
import { hasSchema, migrate } from './schema.ts';
import { Sessions } from './sessions.ts';
import { Snippets } from './snippets.ts';
import { Tickets } from './tickets.ts';

/** All that hold what an owner brought here, but for the identities: those are known elsewhere, too, and go last. */
const OWNED_TABLES = [
  'snippets',
  'chunks',
  'keys',
  'history',
  'history_words',
  'requests',
  'known_pushes',
  'read_counts',
  'sessions',
  'tickets',
  'stale_objects',
] as const;

export class Tables {
  readonly accounts: Accounts;
  readonly history: History;
  readonly identities: Identities;
  readonly keys: Keys;
  readonly outbox: Outbox;
  readonly readCounts: ReadCounts;
  readonly requests: Requests;
  readonly sessions: Sessions;
  readonly snippets: Snippets;
  readonly tickets: Tickets;
  readonly #storage: DurableObjectStorage;
  #created: boolean;

  constructor(storage: DurableObjectStorage) {
    const { sql } = storage;
    this.#storage = storage;
    this.accounts = new Accounts(sql);
    this.history = new History(sql);
    this.identities = new Identities(sql);
    this.keys = new Keys(sql);
    this.readCounts = new ReadCounts(sql);
    this.requests = new Requests(sql);
    this.sessions = new Sessions(sql);
    this.snippets = new Snippets(sql);
    this.tickets = new Tickets(sql);
    this.outbox = new Outbox(sql, this.snippets);
    this.#created = hasSchema(sql);
    if (this.#created) this.create();
  }

  /** Whether anything is stored here. Where not, no table may be asked. */
  get created(): boolean {
    return this.#created;
  }

  /** Brings the tables into being, or up to date. */
  create(): void {
    this.transaction(() => migrate(this.#storage.sql));
    this.#created = true;
  }

  /** Deletes all that the owner has here, but for the account itself. */
  wipe(): void {
    const { sql } = this.#storage;
    this.transaction(() => {
      for (const table of OWNED_TABLES) sql.exec(`DELETE FROM ${table}`);
    });
    this.#drop();
  }

  /** Nothing that was shown before opens anything from now on. */
  endAllCredentials(): void {
    this.keys.removeAll();
    this.sessions.endAll();
    this.tickets.removeAll();
  }

  /** Leaves nothing: no table, no alarm. */
  async deleteAll(): Promise<void> {
    this.#created = false;
    this.#drop();
    await this.#storage.deleteAll();
  }

  /** All or nothing: a throw undoes what was written. */
  transaction<Value>(write: () => Value): Value {
    try {
      return this.#storage.transactionSync(write);
    } catch (error) {
      this.#forget();
      throw error;
    }
  }

  /** Who begins anew here gets nothing of what was noted before. */
  #drop(): void {
    this.#forget();
    this.keys.dropUses();
  }

  #forget(): void {
    this.accounts.forget();
    this.keys.forget();
    this.snippets.forget();
  }
}
