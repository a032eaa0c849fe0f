// A request's body as it comes, in pieces: counted, and unpacked where it was sent compressed. Never held whole.

import { createGunzip } from 'node:zlib';
import { pipeline } from 'node:stream';
import { ProblemError, type Refusal } from '../../shared/problem.ts';

/** Bytes in the order in which they come. */
export type Pieces = AsyncIterable<Uint8Array>;

/** A piece: large enough that its own cost doesn't count, small enough that many bodies at once are no burden. */
export const PIECE_BYTES = 64 * 1024;

/** What Content-Length tells of a body's size; undefined where nothing is told. */
export function getAnnouncedBytes(request: Request): number | undefined {
  const announced = request.headers.get('content-length');
  return announced === null ? undefined : Number(announced);
}

/**
 * A body's bytes as they were sent. Whoever stops asking cancels the rest.
 * @throws {ProblemError} `canceled` where it breaks off
 */
export async function* bodyPieces(request: Request): Pieces {
  let sizeBytes = 0;
  // A default reader gives 4 KB at a time, which costs four times as long.
  const reader = request.body?.getReader({ mode: 'byob' });
  try {
    for (;;) {
      const piece = reader && (await nextPiece(reader));
      if (!piece) break;
      sizeBytes += piece.byteLength;
      yield piece;
    }
  } finally {
    // A stream that broke can't be canceled, and why it broke is told already.
    await reader?.cancel().catch(() => undefined);
  }
  if (sizeBytes !== (getAnnouncedBytes(request) ?? sizeBytes)) throw brokenOff();
}

async function nextPiece(reader: ReadableStreamBYOBReader): Promise<Uint8Array | undefined> {
  try {
    const { done, value } = await reader.readAtLeast(PIECE_BYTES, new Uint8Array(PIECE_BYTES));
    return done ? undefined : value;
  } catch (error) {
    throw brokenOff(error);
  }
}

/** The refusal of a body that ended before its end. */
export function brokenOff(cause?: unknown): ProblemError {
  return new ProblemError(
    { code: 'canceled', detail: 'The request broke off before all of its body had come.' },
    { cause },
  );
}

/** The same pieces, at most `limitBytes` of them in all. @throws {ProblemError} the refusal, as soon as there are more */
export async function* counted(pieces: Pieces, limitBytes: number, refusal: Refusal): Pieces {
  let sizeBytes = 0;
  for await (const piece of pieces) {
    sizeBytes += piece.byteLength;
    if (sizeBytes > limitBytes) throw new ProblemError(refusal.problem);
    yield piece;
  }
}

/**
 * What was compressed with gzip. A bomb does no harm: no more is unpacked than is asked for.
 * @throws {ProblemError} `invalid_argument` where it isn't gzip, or not all of it
 */
export async function* gunzipped(pieces: Pieces): Pieces {
  // What goes wrong on either side is thrown by the loop.
  const unpacked = pipeline(pieces, createGunzip({ chunkSize: PIECE_BYTES }), () => undefined);
  try {
    yield* unpacked;
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError(
      { code: 'invalid_argument', detail: 'The body is not what its Content-Encoding says: gzip.' },
      { cause: error },
    );
  }
}
