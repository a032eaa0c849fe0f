// Where accounts are kept: the one owner of their place in the editor's SecretStorage. Each endpoint has a place of
// its own, so that no key is ever sent to another one.

import type { Disposable, SecretStorage } from 'vscode';
import type { Log } from '../log.ts';
import { type Accounts, allOf, formatAccounts, parseAccounts } from './accounts.ts';

const STORAGE_PREFIX = 'pybin.accounts.';

/** How far a change reaches: every window and the next start, or this window until it closes. */
export type Kept = 'keyring' | 'window';

export class AccountStore {
  readonly #secrets: SecretStorage;
  readonly #log: Pick<Log, 'warn'>;
  /** The environment's key goes to whichever endpoint is set: both are chosen by whoever runs the editor. */
  readonly #environmentKey: string | undefined;
  /** What counts for this window in place of a keyring that failed. */
  readonly #windowAccounts = new Map<string, Accounts>();
  /** Endpoints at which this window passes over the environment's key. */
  readonly #passedOver = new Set<string>();
  #changing: Promise<unknown> = Promise.resolve();

  constructor(secrets: SecretStorage, environmentKey: string | undefined, log: Pick<Log, 'warn'>) {
    this.#secrets = secrets;
    this.#environmentKey = environmentKey;
    this.#log = log;
  }

  async get(endpoint: string): Promise<Accounts> {
    const held = this.#windowAccounts.get(endpoint);
    if (held) return held;
    try {
      return parseAccounts(await this.#secrets.get(STORAGE_PREFIX + endpoint));
    } catch (error) {
      this.#log.warn('The keyring can’t be read.', error);
      return parseAccounts(undefined);
    }
  }

  /** The key from the environment, which counts where no account is signed in. */
  getEnvironmentKey(endpoint: string): string | undefined {
    return this.#passedOver.has(endpoint) ? undefined : this.#environmentKey;
  }

  /** Passes over the environment's key until the window closes. Says whether there is one. */
  passOverEnvironment(endpoint: string): boolean {
    this.#passedOver.add(endpoint);
    return this.#environmentKey !== undefined;
  }

  /**
   * Changes the endpoint's accounts, one change after the other; where the keyring fails, for this window. A change
   * that gives back the very accounts writes nothing.
   */
  async change(endpoint: string, change: (accounts: Accounts) => Accounts): Promise<Kept> {
    const changed = this.#changing.then(async () => {
      const accounts = await this.get(endpoint);
      const next = change(accounts);
      return next === accounts ? 'keyring' : this.#put(endpoint, next);
    });
    this.#changing = changed;
    return changed;
  }

  /** Calls back when another window, or this one, changed the accounts of an endpoint. */
  onDidChange(listener: () => void): Disposable {
    return this.#secrets.onDidChange(({ key }) => {
      if (!key.startsWith(STORAGE_PREFIX)) return;
      this.#windowAccounts.delete(key.slice(STORAGE_PREFIX.length));
      listener();
    });
  }

  async #put(endpoint: string, accounts: Accounts): Promise<Kept> {
    const place = STORAGE_PREFIX + endpoint;
    try {
      if (allOf(accounts).length > 0) await this.#secrets.store(place, formatAccounts(accounts));
      else await this.#secrets.delete(place);
      this.#windowAccounts.delete(endpoint);
      return 'keyring';
    } catch (error) {
      this.#log.warn('The keyring did not take the accounts.', error);
      this.#windowAccounts.set(endpoint, accounts);
      return 'window';
    }
  }
}
