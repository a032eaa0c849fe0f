// Which snippets this editor pushed itself: those of this window, and all that came by the key that it was answered to
// have pushed with, also by another window or before a restart. The one owner of where that is kept.

import type { SnippetFacts } from './snippet-facts.ts';

const STORAGE_PREFIX = 'pybin.device.';

/** What an editor keeps for all its windows: its Memento. */
export interface Kept {
  get(key: string): unknown;
  update(key: string, value: string): PromiseLike<void>;
}

/** Whose pushes they are. */
interface Owner {
  readonly endpoint: string;
  readonly userId: string | undefined;
}

export class OwnPushes {
  readonly #kept: Kept;
  readonly #ids = new Set<string>();
  #owner: Owner | undefined;

  constructor(kept: Kept) {
    this.#kept = kept;
  }

  /** From now on these are the pushes of somebody else, or of nobody. */
  belongTo(owner: Owner | undefined): void {
    this.#owner = owner;
    this.#ids.clear();
  }

  /** The edge answered that this window pushed it. */
  add({ id, device }: Pick<SnippetFacts, 'id' | 'device'>): void {
    this.#ids.add(id);
    if (this.#owner && device !== '' && device !== this.#device)
      void this.#kept.update(placeOf(this.#owner), device);
  }

  has({ id, device }: Pick<SnippetFacts, 'id' | 'device'>): boolean {
    return this.#ids.has(id) || (device !== '' && device === this.#device);
  }

  /** The name of the other device that a snippet comes from; empty where it is this one, or has no name. */
  otherDeviceOf(snippet: Pick<SnippetFacts, 'id' | 'device'>): string {
    return this.has(snippet) ? '' : snippet.device;
  }

  get #device(): string | undefined {
    const device = this.#owner && this.#kept.get(placeOf(this.#owner));
    return typeof device === 'string' ? device : undefined;
  }
}

function placeOf({ endpoint, userId }: Owner): string {
  return `${STORAGE_PREFIX}${userId ?? ''}@${endpoint}`;
}
