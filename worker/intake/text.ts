// A text on its way in: counted, checked, hashed and compressed as it comes, so that many large ones at once need
// little memory. What it leaves is ready to store.

import { isUtf8 } from 'node:buffer';
import { createHash, hash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { joinBytes } from '../../shared/bytes.ts';
import { firstLineOf } from '../../shared/first-line.ts';
import { limits } from '../../shared/limits.ts';
import { ProblemError } from '../../shared/problem.ts';
import { tooLarge } from '../../shared/snippet.ts';
import { type Body, packBody } from '../stack/body.ts';
import { FirstPart } from './form.ts';
import {
  bodyPieces,
  brokenOff,
  counted,
  getAnnouncedBytes,
  gunzipped,
  PIECE_BYTES,
  type Pieces,
} from './pieces.ts';
import { unfinishedBytes, Utf8Check } from './utf8.ts';

/** A text ready to store: compressed where that pays, with what is told of it. */
export interface PackedText extends Body {
  /** SHA-256 of the text, in hex. */
  readonly sha256: string;
  readonly firstLine: string;
}

/** A text as it was sent. */
export interface ReceivedText {
  readonly text: PackedText;
  /** The name that a multipart form gives to its file; empty where there is none. */
  readonly fileName: string;
}

/** @param utf8 bytes that are known to be UTF-8 */
export function packText(utf8: Uint8Array): PackedText {
  return { ...packBody(utf8), sha256: hash('sha256', utf8, 'hex'), firstLine: firstLineOfBytes(utf8) };
}

/**
 * The text of a body as it is, whatever its type says; of a multipart form, its first part.
 * @throws {ProblemError} `too_large` as soon as that is clear, and the rest isn't read; `not_text`;
 * `invalid_argument` for what isn't the form or the gzip that it says; `canceled` where it breaks off
 */
export async function readText(request: Request, limitBytes: number): Promise<ReceivedText> {
  const type = request.headers.get('content-type') ?? '';
  const isForm = /^multipart\/form-data\b/i.test(type);
  const isGzip = isGzipped(request);
  const announcedBytes = getAnnouncedBytes(request) ?? Number.POSITIVE_INFINITY;
  if (!isForm && !isGzip && announcedBytes <= Math.min(PIECE_BYTES, limitBytes))
    return { text: await readSmallText(request, announcedBytes), fileName: '' };

  const refusal = tooLarge('text', limitBytes);
  // Around the text there may be a form, and gzip may be larger than what is in it.
  const allBytes = isForm || isGzip ? limitBytes + limits.formBytes : limitBytes;
  if (announcedBytes !== Number.POSITIVE_INFINITY && announcedBytes > allBytes)
    throw new ProblemError(refusal.problem);
  const sent = counted(bodyPieces(request), allBytes, refusal);
  const body = isGzip ? counted(gunzipped(sent), allBytes, refusal) : sent;
  if (!isForm) return { text: await packPieces(body, limitBytes), fileName: '' };
  const part = new FirstPart(body, type);
  const text = await packPieces(part, limitBytes);
  return { text, fileName: part.fileName };
}

/** The text of pieces. @throws {ProblemError} `too_large`, `not_text` */
export async function packPieces(pieces: Pieces, limitBytes: number): Promise<PackedText> {
  const checked = checkedPieces(counted(pieces, limitBytes, tooLarge('text', limitBytes)));
  const begin: Uint8Array[] = [];
  for (let beginBytes = 0; beginBytes <= PIECE_BYTES;) {
    const next = await checked.next();
    if (next.done) return packText(joinBytes(begin));
    begin.push(next.value);
    beginBytes += next.value.byteLength;
  }
  const first = joinBytes(begin);
  const sha256 = createHash('sha256');
  let sizeBytes = 0;
  async function* hashed(): Pieces {
    for await (const piece of joined(first, checked)) {
      sha256.update(piece);
      sizeBytes += piece.byteLength;
      yield piece;
    }
  }
  // Text of this size always pays: UTF-8 can't hold more than 7.2 bits in a byte.
  const bytes = await pipeline(hashed(), createGzip({ level: 1, chunkSize: PIECE_BYTES }), collect);
  return {
    encoding: 'gzip',
    bytes,
    sizeBytes,
    sha256: sha256.digest('hex'),
    firstLine: firstLineOfBytes(first),
  };
}
async function* joined(first: Uint8Array, rest: Pieces): Pieces {
  yield first;
  yield* rest;
}
async function collect(pieces: Pieces): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return joinBytes(all);
}

async function* checkedPieces(pieces: Pieces): AsyncGenerator<Uint8Array, undefined> {
  const utf8 = new Utf8Check();
  for await (const piece of pieces) {
    if (!utf8.accepts(piece)) throw notText();
    yield piece;
  }
  if (!utf8.isComplete()) throw notText();
}

async function readSmallText(request: Request, announcedBytes: number): Promise<PackedText> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.byteLength !== announcedBytes) throw brokenOff();
  if (!isUtf8(bytes)) throw notText();
  return packText(bytes);
}

function isGzipped(request: Request): boolean {
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'gzip' || encoding === 'x-gzip') return true;
  if (encoding === 'identity' || encoding === '') return false;
  throw new ProblemError({ code: 'not_text', detail: `unsupported ${encoding}` });
}

// Not strict about a begin of bytes.
const decoder = new TextDecoder();

function firstLineOfBytes(utf8: Uint8Array): string {
  const looked = utf8.subarray(0, limits.firstLine.lookedAtCharacters);
  return firstLineOf(decoder.decode(looked.subarray(0, looked.byteLength - unfinishedBytes(looked))));
}

function notText(): ProblemError {
  return new ProblemError({
    code: 'not_text',
    detail: 'These bytes are not UTF-8. Convert the text first, for example with iconv -t UTF-8.',
  });
}
