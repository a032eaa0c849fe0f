// A checked push on its way to the edge: behind all that waits already, and kept on the shelf as soon as it isn't
// certain any more that it is there at once.

import type { Push, Snippet } from '../../shared/client.ts';
import type { Problem } from '../../shared/problem.ts';
import { nextAfter } from './answers.ts';
import { type Passed, type PassParts, passOver } from './pass.ts';
import type { QueuedPush } from './queued-push.ts';
import type { Kept, Shelf } from './shelf.ts';

/** What became of a checked push. */
export type Delivered =
  | { readonly kind: 'pushed'; readonly snippet: Snippet }
  /** It waits. */
  | {
      readonly kind: 'queued';
      readonly draft: Push;
      readonly why: Why;
      readonly kept: Kept;
    }
  /** It was not sent, and as many wait already as may. */
  | { readonly kind: 'queueFull' }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'canceled' };

/** Why a checked push waits. */
export type Why =
  /** The edge didn't take it. */
  | Problem
  | 'signedOut'
  /** Of those signed in, nobody was chosen. */
  | 'accountUnchosen'
  /** Its author has not said yet who may read it. */
  | 'unchosen';

export interface DeliverParts extends PassParts {
  readonly shelf: PassParts['shelf'] & Pick<Shelf, 'put'>;
  /** A push without an answer for so long is kept while it is sent. */
  readonly keepAfterMs: number;
}

/** Sends it while nothing else waits. */
export async function sendAtOnce(
  { shelf, way, stored, keepAfterMs }: DeliverParts,
  queued: QueuedPush,
  signal: AbortSignal,
): Promise<Delivered> {
  const { requestId } = queued.draft;
  const late: { keeping?: Promise<Kept> } = {};
  const timer = setTimeout(() => {
    late.keeping = shelf.put(queued);
  }, keepAfterMs);
  const answer = await way.push(queued.draft, signal).finally(() => clearTimeout(timer));
  const kept = await late.keeping;
  if (answer.ok) {
    stored.set(requestId, answer.value);
    if (kept) await shelf.remove(requestId);
    return { kind: 'pushed', snippet: answer.value };
  }
  const { problem } = answer;
  const next = nextAfter(problem.code);
  switch (next) {
    case 'canceled':
    case 'never':
      if (kept) await shelf.remove(requestId);
      return next === 'canceled' ? { kind: 'canceled' } : { kind: 'refused', problem };
    case 'later':
    case 'after a change':
      return { kind: 'queued', draft: queued.draft, why: problem, kept: await keep(shelf, queued, kept) };
    default:
      return next satisfies never;
  }
}

/** Puts it behind what waits, and sends that and it. What else was sent or refused on the way is told, too. */
export async function sendBehind(
  parts: DeliverParts,
  queued: QueuedPush,
  signal: AbortSignal,
): Promise<{ readonly delivered: Delivered; readonly others: Passed }> {
  const { shelf } = parts;
  const { requestId } = queued.draft;
  const kept = await shelf.put(queued);
  const passed = await passOver(parts, { own: requestId }, signal);
  const isOwn = (end: { readonly queued: QueuedPush }): boolean => end.queued.draft.requestId === requestId;
  const sent = passed.sent.find(isOwn);
  const refused = passed.refused.find(isOwn);
  const others: Passed = {
    ...passed,
    sent: passed.sent.filter((end) => end !== sent),
    refused: passed.refused.filter((end) => end !== refused),
  };
  if (sent) return { delivered: { kind: 'pushed', snippet: sent.snippet }, others };
  if (refused) return { delivered: { kind: 'refused', problem: refused.problem }, others };
  if (signal.aborted) {
    await shelf.remove(requestId);
    return { delivered: { kind: 'canceled' }, others };
  }
  await shelf.release(requestId);
  return {
    delivered: { kind: 'queued', draft: queued.draft, why: passed.stopped ?? 'unchosen', kept },
    others,
  };
}

/** Keeps it, for whichever window comes first. */
export async function keep(
  shelf: DeliverParts['shelf'],
  queued: QueuedPush,
  kept: Kept | undefined,
): Promise<Kept> {
  const how = kept ?? (await shelf.put(queued));
  await shelf.release(queued.draft.requestId);
  return how;
}
