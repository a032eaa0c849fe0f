// Where keys are kept: the one owner of their place in the editor's SecretStorage.
// A key is kept per endpoint, so that no other endpoint is ever sent it.

import type { Disposable, SecretStorage } from 'vscode';
import type { Log } from '../log.ts';

const STORAGE_PREFIX = 'pybin.key.';

/** Where a key that was put away is now: gone with this window, or not. */
export type Kept = 'keyring' | 'window';

export class KeyStore {
  readonly #secrets: SecretStorage;
  readonly #log: Pick<Log, 'warn'>;
  /** The environment's key goes to whichever endpoint is set: both are chosen by whoever runs the editor. */
  readonly #environmentKey: string | undefined;
  /** What counts for this window in place of a keyring that failed; undefined: the key it would not give up. */
  readonly #windowKeys = new Map<string, string | undefined>();
  /** Endpoints that this window signed out of: the environment's key is passed over there. */
  readonly #passedOver = new Set<string>();

  constructor(secrets: SecretStorage, environmentKey: string | undefined, log: Pick<Log, 'warn'>) {
    this.#secrets = secrets;
    this.#environmentKey = environmentKey?.trim() || undefined;
    this.#log = log;
  }

  /** The endpoint's key: this window's, else the keyring's, else the environment's. */
  async get(endpoint: string): Promise<string | undefined> {
    if (this.#windowKeys.has(endpoint)) return this.#windowKeys.get(endpoint);
    const stored = await this.#getStored(endpoint);
    return stored ?? (this.#passedOver.has(endpoint) ? undefined : this.#environmentKey);
  }

  /** Keeps a key; where the keyring fails, for as long as the window is open. */
  async keep(endpoint: string, key: string): Promise<Kept> {
    try {
      await this.#secrets.store(STORAGE_PREFIX + endpoint, key);
      this.#windowKeys.delete(endpoint);
      return 'keyring';
    } catch (error) {
      this.#log.warn('The keyring did not take the key.', error);
      this.#windowKeys.set(endpoint, key);
      return 'window';
    }
  }

  /** Forgets a key. `window`: one in the environment, or in a keyring that fails, is only passed over until the window closes. */
  async forget(endpoint: string): Promise<Kept> {
    this.#windowKeys.delete(endpoint);
    this.#passedOver.add(endpoint);
    try {
      await this.#secrets.delete(STORAGE_PREFIX + endpoint);
    } catch (error) {
      this.#log.warn('The keyring did not give the key up.', error);
      this.#windowKeys.set(endpoint, undefined);
      return 'window';
    }
    return this.#environmentKey ? 'window' : 'keyring';
  }

  /** Calls back when another window, or this one, changed the endpoint's key. */
  onDidChange(listener: () => void): Disposable {
    return this.#secrets.onDidChange(({ key }) => {
      if (!key.startsWith(STORAGE_PREFIX)) return;
      this.#windowKeys.delete(key.slice(STORAGE_PREFIX.length));
      listener();
    });
  }

  async #getStored(endpoint: string): Promise<string | undefined> {
    try {
      return await this.#secrets.get(STORAGE_PREFIX + endpoint);
    } catch (error) {
      this.#log.warn('The keyring can’t be read.', error);
      return undefined;
    }
  }
}
