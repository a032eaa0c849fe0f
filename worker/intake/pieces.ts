// A request's body as it comes, in pieces, so that it is never held whole.

import { limits } from '../../shared/limits.ts';
import { ProblemError, type Refusal } from '../../shared/problem.ts';

/**
 * Bytes in the order in which they come. A piece is good until the next is asked for: its memory is used again,
 * because as garbage it would be most of what a body takes.
 */
export type Pieces = AsyncIterable<Uint8Array>;

/** What Content-Length tells of a body's size; undefined where nothing is told. */
export function getAnnouncedBytes(request: Request): number | undefined {
  const announced = request.headers.get('content-length');
  return announced === null ? undefined : Number(announced);
}

/**
 * A body's bytes as they were sent. Whoever stops asking cancels the rest.
 * @throws {ProblemError} the refusal as soon as it is clear that there are more than `limitBytes`; `canceled` where
 * the body breaks off
 */
export async function* bodyPieces(request: Request, limitBytes: number, refusal: Refusal): Pieces {
  const announcedBytes = getAnnouncedBytes(request);
  if (announcedBytes !== undefined && announcedBytes > limitBytes) throw new ProblemError(refusal.problem);
  yield* counted(sentPieces(request), limitBytes, refusal);
}

async function* sentPieces(request: Request): Pieces {
  // A default reader gives 4 KB at a time, which takes four times as long.
  const reader = request.body?.getReader({ mode: 'byob' });
  if (!reader) return;
  let sizeBytes = 0;
  try {
    let buffer = new ArrayBuffer(limits.pieceBytes);
    for (;;) {
      const { done, value } = await orBrokenOff(reader.read(new Uint8Array(buffer)));
      if (done) break;
      sizeBytes += value.byteLength;
      yield value;
      buffer = value.buffer;
    }
  } finally {
    // A stream that broke can't be canceled, and why it broke is told already.
    await reader.cancel().catch(() => undefined);
  }
  requireAnnounced(request, sizeBytes);
}

/** A body in one go, for those that are announced to be small. @throws {ProblemError} `canceled` where it breaks off */
export async function wholeBody(request: Request): Promise<Uint8Array> {
  const bytes = new Uint8Array(await orBrokenOff(request.arrayBuffer()));
  requireAnnounced(request, bytes.byteLength);
  return bytes;
}

/** The same pieces, at most `limitBytes` in all. @throws {ProblemError} the refusal, as soon as there are more */
export async function* counted(pieces: Pieces, limitBytes: number, refusal: Refusal): Pieces {
  let sizeBytes = 0;
  for await (const piece of pieces) {
    sizeBytes += piece.byteLength;
    if (sizeBytes > limitBytes) throw new ProblemError(refusal.problem);
    yield piece;
  }
}

/** Fewer bytes than announced are the begin of a text, never a text. */
function requireAnnounced(request: Request, sizeBytes: number): void {
  const announcedBytes = getAnnouncedBytes(request);
  if (announcedBytes !== undefined && announcedBytes !== sizeBytes) throw brokenOff();
}

async function orBrokenOff<Value>(reading: Promise<Value>): Promise<Value> {
  try {
    return await reading;
  } catch (error) {
    throw brokenOff(error);
  }
}

function brokenOff(cause?: unknown): ProblemError {
  return new ProblemError(
    { code: 'canceled', detail: 'The request broke off before all of its body had come.' },
    { cause },
  );
}
