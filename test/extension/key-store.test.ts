// Where a key is kept and which one counts, also where the keyring fails.

import { describe, expect, it } from 'vitest';
import { KeyStore } from '../../extension/session/key-store.ts';

const here = 'https://here.example';
const there = 'https://there.example';
const silent = { warn: () => {} };

/** The editor's SecretStorage, as several windows share it. */
class Keyring {
  isBroken = false;
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
    for (const listener of this.#listeners) listener({ key });
  }
}

function windowOn(keyring: Keyring, environmentKey?: string) {
  const store = new KeyStore(keyring, environmentKey, silent);
  let changes = 0;
  store.onDidChange(() => {
    changes += 1;
  });
  return { store, changes: () => changes };
}

describe('a key', () => {
  it('that the keyring takes at last counts in place of the window’s own', async () => {
    const keyring = new Keyring();
    const store = new KeyStore(keyring, undefined, silent);
    keyring.isBroken = true;
    await store.keep(here, 'first');
    keyring.isBroken = false;
    await store.keep(here, 'second');
    expect(await store.get(here)).toBe('second');
  });

  it('counts for its endpoint alone', async () => {
    const { store } = windowOn(new Keyring());
    expect(await store.keep(here, 'one')).toBe('keyring');
    expect(await store.get(here)).toBe('one');
    expect(await store.get(there)).toBeUndefined();
  });

  it('in the keyring comes before the environment’s', async () => {
    const { store } = windowOn(new Keyring(), ' environment ');
    expect(await store.get(here)).toBe('environment');
    await store.keep(here, 'one');
    expect(await store.get(here)).toBe('one');
  });

  it('that was kept or forgotten is heard of in another window', async () => {
    const keyring = new Keyring();
    const [first, second] = [windowOn(keyring), windowOn(keyring)];
    await first.store.keep(here, 'one');
    expect(second.changes()).toBe(1);
    expect(await second.store.get(here)).toBe('one');
    await first.store.forget(here);
    expect(second.changes()).toBe(2);
    expect(await second.store.get(here)).toBeUndefined();
  });

  it('of the environment is passed over once signed out, until signed in again', async () => {
    const { store } = windowOn(new Keyring(), 'environment');
    expect(await store.forget(here)).toBe('window');
    expect(await store.get(here)).toBeUndefined();
    expect(await store.get(there)).toBe('environment');
    await store.keep(here, 'one');
    expect(await store.get(here)).toBe('one');
  });

  it('that the keyring doesn’t take counts until the window closes', async () => {
    const keyring = new Keyring();
    const { store } = windowOn(keyring);
    keyring.isBroken = true;
    expect(await store.keep(here, 'one')).toBe('window');
    expect(await store.get(here)).toBe('one');
    expect(await windowOn(keyring).store.get(here)).toBeUndefined();
  });

  it('that the keyring doesn’t give up is passed over', async () => {
    const keyring = new Keyring();
    const { store } = windowOn(keyring);
    await store.keep(here, 'one');
    keyring.isBroken = true;
    expect(await store.forget(here)).toBe('window');
    keyring.isBroken = false;
    expect(await store.get(here)).toBeUndefined();
  });

  it('of another window counts again where this one had to keep its own', async () => {
    const keyring = new Keyring();
    const { store } = windowOn(keyring);
    keyring.isBroken = true;
    await store.keep(here, 'mine');
    keyring.isBroken = false;
    await windowOn(keyring).store.keep(here, 'theirs');
    expect(await store.get(here)).toBe('theirs');
  });
});
