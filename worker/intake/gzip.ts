// gzip over bytes that come in pieces: each is worked on when it comes, and none is kept.

import { limits } from '../../shared/limits.ts';
import { pipeline } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { ProblemError } from '../../shared/problem.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { type Pieces } from './pieces.ts';

/** All pieces, compressed. */
export async function gzipped(pieces: Pieces): Promise<Uint8Array> {
  // Level 1: a third of the default's time for a fifth more bytes, and pushes are waited for.
  const stream = createGzip({ level: 1, chunkSize: limits.pieceBytes });
  const packed = new GrowingBytes();
  stream.on('data', (bytes: Uint8Array) => packed.append(bytes));
  // Without a listener an error would be thrown at nobody; the calls below reject with it, too.
  stream.on('error', () => undefined);
  const write = (piece: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      stream.write(piece, (error) => (error ? reject(error) : resolve()));
    });
  try {
    for await (const piece of pieces) await write(piece);
    await finished(stream.end());
    return packed.take();
  } finally {
    stream.destroy();
  }
}

/**
 * What was compressed with gzip. A bomb does no harm: no more is unpacked than is asked for.
 * @throws {ProblemError} `invalid_argument` where it isn't gzip, or not all of it
 */
export async function* gunzipped(pieces: Pieces): Pieces {
  // What goes wrong on either side is thrown by the loop over what is unpacked.
  const unpacked = pipeline(kept(pieces), createGunzip({ chunkSize: limits.pieceBytes }), () => undefined);
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

/** Pieces that stay as they are: the stream takes the next before it is done with one. */
async function* kept(pieces: Pieces): Pieces {
  for await (const piece of pieces) yield new Uint8Array(piece);
}
