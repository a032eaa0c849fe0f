// Where the keys that seal the queue are kept: in the editor's SecretStorage, each in a place of its own that is
// written once and never changed. So two windows that make one at the same time both keep what they sealed.

import type { SecretStorage } from 'vscode';
import { importKey, KEY_BYTES, newKeyId, type SealKey } from './seal.ts';

const STORAGE_PREFIX = 'pybin.queueKey.';

export class SealKeys {
  readonly #secrets: Pick<SecretStorage, 'keys' | 'get' | 'store'>;
  readonly #known = new Map<string, SealKey>();
  #current: Promise<SealKey> | undefined;

  constructor(secrets: Pick<SecretStorage, 'keys' | 'get' | 'store'>) {
    this.#secrets = secrets;
  }

  /** The key to seal with. @throws what the keyring throws */
  async current(): Promise<SealKey> {
    this.#current ??= this.#findOrMake();
    try {
      return await this.#current;
    } catch (error) {
      this.#current = undefined;
      throw error;
    }
  }

  /** The key of this name; undefined where the keyring has it no more. @throws what the keyring throws */
  async get(id: string): Promise<SealKey | undefined> {
    const known = this.#known.get(id);
    if (known) return known;
    const secret = await this.#secrets.get(STORAGE_PREFIX + id);
    return secret === undefined ? undefined : this.#take(id, bytesOf(secret));
  }

  async #findOrMake(): Promise<SealKey> {
    const [place] = (await this.#secrets.keys()).filter((key) => key.startsWith(STORAGE_PREFIX)).toSorted();
    const found = place === undefined ? undefined : await this.get(place.slice(STORAGE_PREFIX.length));
    if (found) return found;
    const id = newKeyId();
    const secret = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
    await this.#secrets.store(STORAGE_PREFIX + id, btoa(String.fromCharCode(...secret)));
    return this.#take(id, secret);
  }

  async #take(id: string, secret: Uint8Array<ArrayBuffer>): Promise<SealKey> {
    const key = await importKey(id, secret);
    this.#known.set(id, key);
    return key;
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
