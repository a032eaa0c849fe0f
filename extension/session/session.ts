// Who is signed in, and where: at most one connection, made of the endpoint's setting and its key.
// Nothing is sent by it, and no client is loaded, before somebody asks for one.

import { type Disposable, type Event, EventEmitter, workspace } from 'vscode';
import { accept, type Result } from '../../shared/problem.ts';
import type { Log } from '../log.ts';
import { getEndpoint, type Settings } from '../settings.ts';
import type { Edge } from './edge.ts';
import { parseKey } from './key.ts';
import type { Kept, KeyStore } from './key-store.ts';

/** An instance and the right to use it. The key itself stays in here. */
export interface Connection {
  readonly endpoint: string;
  readonly call: Edge;
}

export class Session implements Disposable {
  readonly #keys: KeyStore;
  readonly #log: Pick<Log, 'info' | 'warn'>;
  readonly #changed = new EventEmitter<void>();
  readonly #subscriptions: Disposable[];
  #connection: Connection | undefined;
  #key: string | undefined;
  #reading: Promise<void>;

  /** Fires when another key or endpoint counts from now on, in whichever window it was chosen. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(keys: KeyStore, log: Pick<Log, 'info' | 'warn'>) {
    this.#keys = keys;
    this.#log = log;
    this.#reading = this.#read();
    this.#subscriptions = [
      this.#changed,
      keys.onDidChange(() => void this.#readAgain()),
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

  /**
   * Takes a pasted key: looks at its form, asks the edge whose it is, then keeps it.
   * Where it is refused nothing has changed.
   */
  async signIn(pasted: string): Promise<Result<{ userId: string; kept: Kept }>> {
    const key = parseKey(pasted);
    if (!key.ok) return key;
    const endpoint = getEndpoint(settings());
    if (!endpoint.ok) return endpoint;
    const { call } = connection(endpoint.value, key.value);
    const account = await call((client, signal) => client.account(signal));
    if (!account.ok) return account;
    const kept = await this.#keys.keep(endpoint.value, key.value);
    const { userId } = account.value;
    this.#log.info(`Signed in as ${userId} at ${endpoint.value}.`);
    await this.#readAgain();
    return accept({ userId, kept });
  }

  /** Forgets the key of the endpoint. It stays valid until it is revoked. */
  async signOut(): Promise<Result<Kept>> {
    const endpoint = getEndpoint(settings());
    if (!endpoint.ok) return endpoint;
    const kept = await this.#keys.forget(endpoint.value);
    this.#log.info(`Signed out of ${endpoint.value}.`);
    await this.#readAgain();
    return accept(kept);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** One reading after the other, so that an older one never wins. */
  #readAgain(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#read());
    return this.#reading;
  }

  async #read(): Promise<void> {
    const endpoint = getEndpoint(settings());
    if (!endpoint.ok) this.#log.warn(endpoint.problem.detail);
    const key = endpoint.ok ? await this.#keys.get(endpoint.value) : undefined;
    const next = endpoint.ok && key ? connection(endpoint.value, key) : undefined;
    if (next?.endpoint === this.#connection?.endpoint && key === this.#key) return;
    this.#connection = next;
    this.#key = key;
    this.#changed.fire();
  }
}

function settings(): Settings {
  return workspace.getConfiguration();
}

/** The key lives on in the closure alone, where nothing prints it. */
function connection(endpoint: string, key: string): Connection {
  let edge: Promise<Edge> | undefined;
  return {
    endpoint,
    call: async (call, signal) => {
      edge ??= import('./edge.ts').then(({ reach }) => reach(endpoint, key));
      return (await edge)(call, signal);
    },
  };
}
