// One pass over what waits: each is sent in its turn, once, under its own request id, and leaves the shelf only after
// the edge has stored it. What needs its author's word is passed over. An edge that takes none ends the pass.

import type { Push, Snippet } from '../../shared/client.ts';
import type { Problem, Result } from '../../shared/problem.ts';
import { nextAfter } from './answers.ts';
import { type Destination, isFor, isOld, type QueuedPush } from './queued-push.ts';
import type { Shelf, Shelved } from './shelf.ts';

/** Where they are sent. */
export interface Way extends Destination {
  push(draft: Push, signal: AbortSignal): Promise<Result<Snippet>>;
}

export interface PassParts {
  readonly shelf: Pick<Shelf, 'list' | 'claim' | 'look' | 'remove' | 'release' | 'putBack'>;
  readonly way: Way;
  /** Does its document still hold what was pushed from it, as far as that can be seen? */
  readonly isUnchanged: (queued: QueuedPush) => Promise<boolean>;
  /** May it be sent, as far as its author's choice goes? */
  readonly maySend: (draft: Push) => boolean;
  readonly now: () => number;
  /** What the edge has stored already, by request id, but may still be on the shelf. */
  readonly stored: Map<string, Snippet>;
}

export interface PassOptions {
  /** Its author waits for this one: where the edge never takes it, it isn't kept. */
  readonly own?: string;
  /** Nothing but this one, whatever stands against it: its author said so. */
  readonly only?: string;
}

export interface Passed {
  readonly sent: readonly { readonly queued: QueuedPush; readonly snippet: Snippet }[];
  /** The edge will never take them as they are. */
  readonly refused: readonly { readonly queued: QueuedPush; readonly problem: Problem }[];
  /** Their documents are others by now. */
  readonly changed: readonly QueuedPush[];
  /** They have waited so long that the edge may have stored them and forgotten it: their authors say whether they go. */
  readonly old: readonly QueuedPush[];
  readonly damaged: readonly Shelved[];
  /** Their author has not said yet who may read them. */
  readonly unchosen: readonly QueuedPush[];
  /** Why no other was tried. */
  readonly stopped: Problem | undefined;
}

type End =
  | { readonly kind: 'sent'; readonly queued: QueuedPush; readonly snippet: Snippet }
  | { readonly kind: 'refused'; readonly queued: QueuedPush; readonly problem: Problem }
  | { readonly kind: 'changed'; readonly queued: QueuedPush }
  | { readonly kind: 'old'; readonly queued: QueuedPush }
  | { readonly kind: 'damaged'; readonly shelved: Shelved }
  | { readonly kind: 'unchosen'; readonly queued: QueuedPush }
  | { readonly kind: 'stopped'; readonly problem: Problem }
  | { readonly kind: 'passed over' };

/** @throws what the disk throws; then, too, nothing has left the shelf that isn't stored */
export async function passOver(
  parts: PassParts,
  { own, only }: PassOptions,
  signal: AbortSignal,
): Promise<Passed> {
  const ends: End[] = [];
  for (const shelved of await parts.shelf.list({ free: true })) {
    const { requestId } = shelved;
    if (only !== undefined && requestId !== only) continue;
    if (!(await parts.shelf.claim(requestId))) continue;
    const end = await handle(
      parts,
      shelved,
      { isOwn: requestId === own, isForced: requestId === only },
      signal,
    );
    ends.push(end);
    if (end.kind === 'stopped') break;
  }
  return {
    sent: ends.filter((end) => end.kind === 'sent'),
    refused: ends.filter((end) => end.kind === 'refused'),
    changed: ends.filter((end) => end.kind === 'changed').map(({ queued }) => queued),
    old: ends.filter((end) => end.kind === 'old').map(({ queued }) => queued),
    damaged: ends.filter((end) => end.kind === 'damaged').map(({ shelved }) => shelved),
    unchosen: ends.filter((end) => end.kind === 'unchosen').map(({ queued }) => queued),
    stopped: ends.find((end) => end.kind === 'stopped')?.problem,
  };
}

/** What becomes of one that this window has claimed. */
async function handle(
  { shelf, way, isUnchanged, maySend, now, stored }: PassParts,
  shelved: Shelved,
  { isOwn, isForced }: { isOwn: boolean; isForced: boolean },
  signal: AbortSignal,
): Promise<End> {
  const { requestId } = shelved;
  if (stored.has(requestId)) {
    await shelf.remove(requestId);
    return { kind: 'passed over' };
  }
  const look = await shelf.look(requestId);
  if (look.kind === 'gone') return { kind: 'passed over' };
  if (look.kind === 'damaged') {
    await shelf.release(requestId);
    return { kind: 'damaged', shelved };
  }
  const { queued } = look;
  const isMeant = isOwn || isForced || queued.refusal === undefined;
  if (!isMeant || !isFor(queued, way)) {
    await shelf.release(requestId);
    return { kind: 'passed over' };
  }
  if (!isForced && isOld(queued, now())) {
    await shelf.release(requestId);
    return { kind: 'old', queued };
  }
  if (!isOwn && !isForced && !queued.asItWas && !(await isUnchanged(queued))) {
    await shelf.release(requestId);
    return { kind: 'changed', queued };
  }
  if (!maySend(queued.draft)) {
    await shelf.release(requestId);
    return { kind: 'unchosen', queued };
  }
  const answer = await way.push(queued.draft, signal);
  if (answer.ok) {
    stored.set(requestId, answer.value);
    await shelf.remove(requestId);
    return { kind: 'sent', queued, snippet: answer.value };
  }
  const { problem } = answer;
  if (nextAfter(problem.code) !== 'never') {
    await shelf.release(requestId);
    return { kind: 'stopped', problem };
  }
  if (isOwn) await shelf.remove(requestId);
  else await shelf.putBack({ ...queued, refusal: problem });
  return { kind: 'refused', queued, problem };
}
