// Who is signed in, and where: at most one connection, made of the endpoint's setting and the account that counts
// there. Nothing is sent by it, and no client is loaded, before somebody asks for one; but for the environment's key,
// which has to be asked whose it is.

import { type Disposable, type Event, EventEmitter, workspace } from 'vscode';
import { limits } from '../../shared/limits.ts';
import { accept, type Result } from '../../shared/problem.ts';
import type { Log } from '../log.ts';
import { getEndpoint, type Settings } from '../settings.ts';
import type { AccountStore, Kept } from './account-store.ts';
import {
  type Accounts,
  canChoose,
  getAccount,
  refusedAt,
  signedIn,
  switchedTo,
  without,
} from './accounts.ts';
import type { Edge } from './edge.ts';
import { parseKey } from './key.ts';
import { discard, reach } from './reach.ts';

/** An instance and the right to use it. The key itself stays in here. */
export interface Connection {
  readonly endpoint: string;
  /** Whose stack it is; undefined only where it is the environment's key and the edge could not be asked. */
  readonly userId: string | undefined;
  readonly call: Edge;
}

/** Who has just signed in, and how far that reaches. */
export interface SignedIn {
  readonly userId: string;
  readonly kept: Kept;
}

/** Those signed in at an endpoint. */
export interface SignedInAt extends Accounts {
  readonly endpoint: string;
}

export class Session implements Disposable {
  readonly #store: AccountStore;
  readonly #log: Pick<Log, 'info' | 'warn'>;
  readonly #changed = new EventEmitter<void>();
  readonly #accountsChanged = new EventEmitter<void>();
  readonly #refused = new EventEmitter<Connection>();
  readonly #subscriptions: Disposable[];
  /** Whose the environment's key is, by endpoint. */
  readonly #owners = new Map<string, string>();
  /** Keys that were refused, each after its endpoint: none of them counts there again, whatever is read meanwhile. */
  readonly #refusedKeys = new Set<string>();
  #at: SignedInAt | undefined;
  #connection: Connection | undefined;
  #key: string | undefined;
  #reading: Promise<void>;

  /** Fires when another key or endpoint counts from now on, in whichever window it was chosen. */
  readonly onDidChange: Event<void> = this.#changed.event;
  /** Fires when accounts came, went, changed or were looked at anew, whichever of them counts. */
  readonly onDidChangeAccounts: Event<void> = this.#accountsChanged.event;
  /** Fires when the edge no longer takes the key that counted: once for each, in the window that finds out. */
  readonly onDidRefuse: Event<Connection> = this.#refused.event;

  constructor(store: AccountStore, log: Pick<Log, 'info' | 'warn'>) {
    this.#store = store;
    this.#log = log;
    this.#reading = this.#read();
    this.#subscriptions = [
      this.#changed,
      this.#accountsChanged,
      this.#refused,
      store.onDidChange(() => void this.#readAgain()),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('pybin.endpoint')) void this.#readAgain();
      }),
    ];
  }

  /** The connection, or undefined where nobody is signed in. */
  async get(): Promise<Connection | undefined> {
    await this.#reading;
    return this.#connection;
  }

  /** The key that counts, for a request that the editor itself makes; undefined where nobody is signed in. */
  async getKey(): Promise<string | undefined> {
    await this.#reading;
    return this.#key;
  }

  /** Where one signs in: the setting, as it is now. */
  endpoint(): Result<string> {
    return getEndpoint(settings());
  }

  /** The accounts at the endpoint, keys and all: for whoever shows them or answers for them. */
  async accounts(): Promise<SignedInAt | undefined> {
    await this.#reading;
    return this.#at;
  }

  /** Whether nobody was chosen of those signed in at the endpoint: then there is no connection. */
  async canChoose(): Promise<boolean> {
    await this.#reading;
    return this.#at !== undefined && canChoose(this.#at);
  }

  /**
   * Takes a pasted key: looks at its form, asks the edge whose it is, then keeps it.
   * Where it is refused nothing has changed.
   */
  async signIn(pasted: string): Promise<Result<SignedIn>> {
    const key = parseKey(pasted);
    if (!key.ok) return key;
    const endpoint = this.endpoint();
    if (!endpoint.ok) return endpoint;
    const account = await reach(endpoint.value, key.value)((client, signal) => client.account(signal));
    if (!account.ok) return account;
    const { userId } = account.value;
    return accept(await this.#keep(endpoint.value, { userId, key: key.value, isOwn: false }));
  }

  /** Takes a key that an endpoint made for this editor. */
  async takeOwnKey(endpoint: string, owner: { userId: string; key: string }): Promise<SignedIn> {
    return this.#keep(endpoint, { ...owner, isOwn: true });
  }

  /** From now on this account counts, in every window. One that isn't signed in changes nothing. */
  async switchTo(userId: string): Promise<void> {
    // Whoever asks from here on is told of that one: no push goes to the account that was left.
    await this.#readAgain(async () => {
      if (this.#at) await this.#store.change(this.#at.endpoint, (accounts) => switchedTo(accounts, userId));
    });
  }

  /**
   * Forgets an account of the endpoint; the one that counts unless another is named. A key that was made for this
   * editor is revoked, where the edge can be reached; any other stays valid.
   */
  async signOut(userId?: string): Promise<Result<Kept>> {
    const endpoint = this.endpoint();
    if (!endpoint.ok) return endpoint;
    await this.#reading;
    const account = userId === undefined ? this.#at?.current : this.#at && getAccount(this.#at, userId);
    const kept = account
      ? await this.#store.change(endpoint.value, (accounts) => without(accounts, account.userId))
      : 'keyring';
    const isStillInEnvironment = userId === undefined && this.#store.passOverEnvironment(endpoint.value);
    this.#log.info(`Signed out of ${endpoint.value}.`);
    await this.#readAgain();
    if (account) await discard(endpoint.value, account, this.#log);
    return accept(isStillInEnvironment ? 'window' : kept);
  }

  /**
   * The edge said that it doesn't know this connection's key: an answer did, or a socket closed with 4401. The account
   * is marked, in every window. Only the connection that counts can be refused, and only once.
   */
  async refused(connection: Connection): Promise<void> {
    const key = this.#key;
    if (connection !== this.#connection || key === undefined) return;
    const { endpoint, userId } = connection;
    this.#refusedKeys.add(`${endpoint} ${key}`);
    this.#use(undefined, undefined);
    this.#log.warn(`The key of ${userId ?? 'the environment'} is not known at ${endpoint}.`);
    // Of an account, another window may have told already; of the environment's key, each has to.
    let isNews = this.#at?.current?.key !== key;
    await this.#store.change(endpoint, (accounts) => {
      const marked = refusedAt(accounts, key);
      isNews ||= marked !== accounts;
      return marked;
    });
    if (isNews) this.#refused.fire(connection);
    await this.#readAgain();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #keep(endpoint: string, account: { userId: string; key: string; isOwn: boolean }): Promise<SignedIn> {
    const older = getAccount(await this.#store.get(endpoint), account.userId);
    this.#refusedKeys.delete(`${endpoint} ${account.key}`);
    const kept = await this.#store.change(endpoint, (accounts) =>
      signedIn(accounts, { ...account, isRefused: false }),
    );
    this.#log.info(`Signed in as ${account.userId} at ${endpoint}.`);
    await this.#readAgain();
    if (older && older.key !== account.key) await discard(endpoint, older, this.#log);
    return { userId: account.userId, kept };
  }

  /** One reading after the other, so that an older one never wins. @param before what is done first, in its turn */
  #readAgain(before: () => Promise<void> = async () => {}): Promise<void> {
    this.#reading = this.#reading.then(before).then(() => this.#read());
    return this.#reading;
  }

  async #read(): Promise<void> {
    const endpoint = this.endpoint();
    if (!endpoint.ok) {
      this.#log.warn(endpoint.problem.detail);
      this.#at = undefined;
      this.#use(undefined, undefined);
    } else {
      const accounts = await this.#store.get(endpoint.value);
      this.#at = { endpoint: endpoint.value, ...accounts };
      await this.#useAccount(this.#at);
    }
    this.#accountsChanged.fire();
  }

  async #useAccount({ endpoint, current, others }: SignedInAt): Promise<void> {
    const environmentKey = others.length === 0 ? this.#store.getEnvironmentKey(endpoint) : undefined;
    const key = current ? current.key : environmentKey;
    if (key === undefined || current?.isRefused || this.#refusedKeys.has(`${endpoint} ${key}`)) {
      this.#use(undefined, undefined);
      return;
    }
    if (endpoint === this.#connection?.endpoint && key === this.#key) return;
    const userId = current?.userId ?? (await this.#ownerOf(endpoint, key));
    const connection: Connection = {
      endpoint,
      userId,
      call: reach(endpoint, key, () => this.refused(connection)),
    };
    this.#use(connection, key);
  }

  #use(connection: Connection | undefined, key: string | undefined): void {
    if (connection === this.#connection) return;
    this.#connection = connection;
    this.#key = key;
    this.#changed.fire();
  }

  /** Whose the environment's key is; undefined where the edge doesn't say so soon. */
  async #ownerOf(endpoint: string, key: string): Promise<string | undefined> {
    const known = this.#owners.get(endpoint);
    if (known !== undefined) return known;
    const account = await reach(endpoint, key)(
      (client, signal) => client.account(signal),
      AbortSignal.timeout(limits.editor.patienceMs),
    );
    if (!account.ok) return undefined;
    this.#owners.set(endpoint, account.value.userId);
    return account.value.userId;
  }
}

function settings(): Settings {
  return workspace.getConfiguration();
}
