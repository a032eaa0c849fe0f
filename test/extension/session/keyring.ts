// The editor's SecretStorage as several windows share it, and as it fails on systems without a keyring.

import type { SecretStorage } from 'vscode';

export class Keyring implements SecretStorage {
  isBroken = false;
  /** How often something was written. */
  writes = 0;
  readonly #stored = new Map<string, string>();
  readonly #listeners = new Set<(event: { key: string }) => void>();

  readonly onDidChange = (listener: (event: { key: string }) => unknown): { dispose: () => void } => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  keys(): Promise<string[]> {
    return this.#work(() => [...this.#stored.keys()]);
  }

  get(key: string): Promise<string | undefined> {
    return this.#work(() => this.#stored.get(key));
  }

  store(key: string, value: string): Promise<void> {
    return this.#work(() => {
      this.#stored.set(key, value);
      this.#tell(key);
    });
  }

  delete(key: string): Promise<void> {
    return this.#work(() => {
      this.#stored.delete(key);
      this.#tell(key);
    });
  }

  #work<Value>(work: () => Value): Promise<Value> {
    return this.isBroken ? Promise.reject(new Error('no keyring')) : Promise.resolve(work());
  }

  #tell(key: string): void {
    this.writes += 1;
    for (const listener of this.#listeners) listener({ key });
  }
}
