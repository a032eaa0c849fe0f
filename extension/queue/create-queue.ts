// Puts the queue of a window together: its folder beside what else the editor keeps for pybin, its keys in the keyring.

import { type ExtensionContext, Uri } from 'vscode';
import { limits } from '../../shared/limits.ts';
import { folderAt } from './folder.ts';
import { isUnchanged } from './pieces.ts';
import { Queue, type QueueParts } from './queue.ts';
import { newKeyId } from './seal.ts';
import { SealKeys } from './seal-keys.ts';
import { Shelf } from './shelf.ts';

export function createQueue(
  { globalStorageUri, secrets }: Pick<ExtensionContext, 'globalStorageUri' | 'secrets'>,
  parts: Omit<QueueParts, 'shelf' | 'isUnchanged'>,
): Queue {
  const shelf = new Shelf({
    folder: folderAt(Uri.joinPath(globalStorageUri, 'queue')),
    keys: new SealKeys(secrets),
    log: parts.log,
    now: Date.now,
    windowId: newKeyId(),
    leaseMs: limits.queue.leaseMs,
  });
  return new Queue({ ...parts, shelf, isUnchanged });
}
