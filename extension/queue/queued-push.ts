// A checked push that waits to be sent: exactly what will be sent, to whom, and where its text came from. Pure.

import type { Push } from '../../shared/client.ts';
import { limits } from '../../shared/limits.ts';
import type { Problem } from '../../shared/problem.ts';
import { checkDetails, plainDetails } from '../../shared/snippet.ts';

export interface QueuedPush {
  /** What was checked, under the request id that it is stored at most once by. */
  readonly draft: Push;
  readonly queuedAtMs: number;
  readonly to: Destination;
  /** Where its text came from; empty where it lay in no document. */
  readonly from: readonly Piece[];
  /** Its author wants it sent although its document is another by now. */
  readonly asItWas: boolean;
  /** Why the edge will never take it as it is: it waits for its author's word. */
  readonly refusal: Problem | undefined;
}

/** Whose stack a push is for. */
export interface Destination {
  readonly endpoint: string;
  /** Undefined where the edge could not be asked whose key it is. */
  readonly userId: string | undefined;
}

/** Nobody is signed in: it is for whoever signs in next, wherever that is. */
export const nobody: Destination = { endpoint: '', userId: undefined };

/** A text in a document. */
export interface Piece {
  readonly uri: string;
  /** All of the document. */
  readonly isWhole: boolean;
  /** Undefined where it is the whole text of the push. */
  readonly text: string | undefined;
}

export function formatQueuedPush(queued: QueuedPush): string {
  return JSON.stringify(queued);
}

/** What {@link formatQueuedPush} wrote, by this version or one before; undefined where it is something else. */
export function parseQueuedPush(text: string): QueuedPush | undefined {
  const value = parsed(text);
  if (!isStored(value)) return undefined;
  const { queuedAtMs, from, asItWas, refusal, to } = value;
  const draft: Push = { ...plainDetails, ...value.draft };
  if (!checkDetails(draft).ok) return undefined;
  return { draft, queuedAtMs, to: { ...to, userId: to.userId }, from, asItWas, refusal };
}

/** May it be sent by this connection? */
export function isFor({ to }: QueuedPush, connection: Destination): boolean {
  if (to.endpoint !== nobody.endpoint && to.endpoint !== connection.endpoint) return false;
  return to.userId === undefined || connection.userId === undefined || to.userId === connection.userId;
}

/**
 * Has it waited so long that the edge, had it stored it without telling, might not know it any more? Then its author
 * says whether it goes.
 */
export function isOld({ queuedAtMs }: QueuedPush, nowMs: number): boolean {
  return nowMs - queuedAtMs > limits.queue.byItselfMs;
}

/** Does a document still hold what was pushed from it? Where it was all of it, may nothing have come to it either. */
export function isStillIn({ draft }: QueuedPush, { isWhole, text }: Piece, documentText: string): boolean {
  const was = withoutByteOrderMark(text ?? draft.text);
  return isWhole ? documentText === was : documentText.includes(was);
}

function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// The seal says that it is as it was written: what is left to see is whether another version wrote it.
function isStored(value: unknown): value is QueuedPush {
  return (
    isRecord(value) &&
    isRecord(value['draft']) &&
    typeof value['draft']['text'] === 'string' &&
    typeof value['draft']['requestId'] === 'string' &&
    typeof value['queuedAtMs'] === 'number' &&
    isRecord(value['to']) &&
    typeof value['to']['endpoint'] === 'string' &&
    Array.isArray(value['from']) &&
    typeof value['asItWas'] === 'boolean'
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
