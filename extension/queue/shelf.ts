// Where pushes that wait are kept: sealed, one file each, that is written whole or not at all, and leaves only when
// it is told to. Whoever works on one claims it first, by its file's name: of several windows one gets it.
// What the disk or the keyring doesn't take is kept in this window.

import type { Log } from '../log.ts';
import type { Folder } from './folder.ts';
import {
  type Claim,
  formatName,
  formatUnfinished,
  isLeftUnfinished,
  type ItemName,
  parseName,
} from './item-name.ts';
import { formatQueuedPush, parseQueuedPush, type QueuedPush } from './queued-push.ts';
import { getKeyId, open, seal } from './seal.ts';
import type { SealKeys } from './seal-keys.ts';

/** How safely it is kept: beyond a restart, or until this window closes. */
export type Kept = 'disk' | 'window';

/** An item of the shelf, by what its name tells. */
export type Shelved = Pick<ItemName, 'queuedAtMs' | 'requestId'>;

export type Look =
  | { readonly kind: 'whole'; readonly queued: QueuedPush }
  /** It is not what was written, or its key is gone: nobody can tell what it was. It stays. */
  | { readonly kind: 'damaged' }
  /** Another window has sent or discarded it. */
  | { readonly kind: 'gone' };

export interface ShelfParts {
  readonly folder: Folder;
  readonly keys: SealKeys;
  readonly log: Pick<Log, 'warn'>;
  readonly now: () => number;
  readonly windowId: string;
  readonly leaseMs: number;
}

export class Shelf {
  readonly #parts: ShelfParts;
  /** What was not taken by the disk. */
  readonly #inWindow = new Map<string, QueuedPush>();
  #lastUntilMs = 0;

  constructor(parts: ShelfParts) {
    this.#parts = parts;
  }

  /** What waits, in the order it was pushed in. @param free only what no other window has to itself now */
  async list({ free }: { free: boolean }): Promise<Shelved[]> {
    const files = await this.#files();
    const inWindow = [...this.#inWindow.values()].map(shelvedOf);
    return [...files.values()]
      .filter(({ claim }) => !free || !this.#isHeldElsewhere(claim))
      .map(({ queuedAtMs, requestId }) => ({ queuedAtMs, requestId }))
      .concat(inWindow)
      .toSorted((one, other) => one.queuedAtMs - other.queuedAtMs || compare(one.requestId, other.requestId));
  }

  /** Keeps a push, and resolves once it is kept. For the other windows it is claimed: this one sends it. */
  async put(queued: QueuedPush): Promise<Kept> {
    try {
      await this.#write(queued, this.#claim());
      return 'disk';
    } catch (error) {
      this.#parts.log.warn('A push that waits can’t be kept on the disk.', error);
      this.#inWindow.set(queued.draft.requestId, queued);
      return 'window';
    }
  }

  /** Keeps what has become of one that this window has claimed, and lets the others have it. */
  async putBack(queued: QueuedPush): Promise<void> {
    const { requestId } = queued.draft;
    if (this.#inWindow.has(requestId)) {
      this.#inWindow.set(requestId, queued);
      return;
    }
    const before = (await this.#files()).get(requestId);
    await this.#write(queued, undefined);
    if (before?.claim) await this.#parts.folder.delete(formatName(before));
  }

  /** Takes one for this window until it is put back, removed, or its time is over; `false` where another has it. */
  async claim(requestId: string): Promise<boolean> {
    if (this.#inWindow.has(requestId)) return true;
    const name = (await this.#files()).get(requestId);
    if (!name || this.#isHeldElsewhere(name.claim)) return false;
    try {
      return await this.#rename(name, this.#claim());
    } catch (error) {
      this.#parts.log.warn('A push that waits can’t be taken from the disk.', error);
      return false;
    }
  }

  /** Lets the others have it. */
  async release(requestId: string): Promise<void> {
    const name = (await this.#files()).get(requestId);
    if (name?.claim?.windowId === this.#parts.windowId) await this.#rename(name, undefined);
  }

  /** Takes away what windows that are gone began to write. */
  async tidy(): Promise<void> {
    for (const fileName of await this.#fileNames())
      if (isLeftUnfinished(fileName, this.#parts.now())) await this.#parts.folder.delete(fileName);
  }

  async look(requestId: string): Promise<Look> {
    const inWindow = this.#inWindow.get(requestId);
    if (inWindow) return { kind: 'whole', queued: inWindow };
    const name = (await this.#files()).get(requestId);
    const sealed = name && (await this.#parts.folder.read(formatName(name)));
    if (!sealed) return { kind: 'gone' };
    const text = await this.#open(sealed, formatName({ ...name, claim: undefined }));
    const queued = text === undefined ? undefined : parseQueuedPush(text);
    return queued ? { kind: 'whole', queued } : { kind: 'damaged' };
  }

  /** For good: it was stored, or its author gave it up. */
  async remove(requestId: string): Promise<void> {
    this.#inWindow.delete(requestId);
    const all = (await this.#fileNames()).filter((fileName) => parseName(fileName)?.requestId === requestId);
    for (const fileName of all) await this.#parts.folder.delete(fileName);
  }

  /** Writes it whole under a name of no meaning, then gives it its own: a crash leaves it there or not there. */
  async #write(queued: QueuedPush, claim: Claim | undefined): Promise<void> {
    const { folder, keys } = this.#parts;
    const name = shelvedOf(queued);
    const sealedUnder = formatName({ ...name, claim: undefined });
    const unfinished = formatUnfinished(this.#claim());
    await folder.write(unfinished, await seal(await keys.current(), sealedUnder, formatQueuedPush(queued)));
    const isDone = await folder.rename(unfinished, formatName({ ...name, claim }));
    if (!isDone) throw new Error('what was written is gone');
  }

  async #open(sealed: Uint8Array, name: string): Promise<string | undefined> {
    try {
      const keyId = getKeyId(sealed);
      const key = keyId === undefined ? undefined : await this.#parts.keys.get(keyId);
      return key && (await open(key, name, sealed));
    } catch (error) {
      this.#parts.log.warn('The keyring can’t be read.', error);
      return undefined;
    }
  }

  /** A folder that can't be read stops no push: what is in it waits until it can. */
  async #fileNames(): Promise<string[]> {
    try {
      return await this.#parts.folder.list();
    } catch (error) {
      this.#parts.log.warn('The pushes that wait can’t be read from the disk.', error);
      return [];
    }
  }

  /** The files by their request ids. Where a crash left an item under two names, the newer one. */
  async #files(): Promise<Map<string, ItemName>> {
    const files = new Map<string, ItemName>();
    for (const fileName of await this.#fileNames()) {
      const name = parseName(fileName);
      if (!name) continue;
      const other = files.get(name.requestId);
      if (!other || isNewer(name, other)) files.set(name.requestId, name);
    }
    return files;
  }

  #isHeldElsewhere(claim: Claim | undefined): boolean {
    return (
      claim !== undefined && claim.windowId !== this.#parts.windowId && claim.untilMs > this.#parts.now()
    );
  }

  /** Another one each time: no two files of this window have the same name. */
  #claim(): Claim {
    const { now, leaseMs, windowId } = this.#parts;
    this.#lastUntilMs = Math.max(now() + leaseMs, this.#lastUntilMs + 1);
    return { windowId, untilMs: this.#lastUntilMs };
  }

  async #rename(name: ItemName, claim: Claim | undefined): Promise<boolean> {
    return this.#parts.folder.rename(formatName(name), formatName({ ...name, claim }));
  }
}

/** What has become of an item is put back free; a window that claims it then does so later than the one before. */
function isNewer({ claim }: ItemName, other: ItemName): boolean {
  if (!other.claim) return false;
  return !claim || claim.untilMs > other.claim.untilMs;
}

function shelvedOf({ queuedAtMs, draft }: QueuedPush): Shelved {
  return { queuedAtMs, requestId: draft.requestId };
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
