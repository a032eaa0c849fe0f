// A text on its way in: counted, checked, hashed and compressed as it comes, so that many large ones at once take
// little more memory than what of them is stored.

import { createHash } from 'node:crypto';
import { limits } from '../../shared/limits.ts';
import { ProblemError } from '../../shared/problem.ts';
import { tooLarge } from '../../shared/snippet.ts';
import { firstLineOfBytes, type PackedText, packText } from '../stack/text.ts';
import { FirstPart } from './form.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { gunzipped, gzipped } from './gzip.ts';
import { bodyPieces, counted, getAnnouncedBytes, type Pieces, wholeBody } from './pieces.ts';
import { requireUtf8Bytes, Utf8Check } from './utf8.ts';

/** A text as it was sent. */
export interface SentText {
  readonly text: PackedText;
  /** The name that a multipart form gives to the text's file; empty where there is none. */
  readonly fileName: string;
}

/**
 * The text of a body, whatever its type says; of a multipart form, its first part. A body in gzip is unpacked.
 * @throws {ProblemError} `too_large` as soon as that is clear, and the rest isn't read; `not_text`;
 * `invalid_argument` where it isn't the form or the gzip that it says; `canceled` where it breaks off
 */
export async function readText(request: Request, limitBytes: number): Promise<SentText> {
  const formType = getFormType(request);
  const isGzip = isSentAsGzip(request);
  const isPlain = formType === undefined && !isGzip;
  const announcedBytes = getAnnouncedBytes(request) ?? Number.POSITIVE_INFINITY;
  if (isPlain && announcedBytes <= Math.min(limits.pieceBytes, limitBytes)) {
    const utf8 = await wholeBody(request);
    requireUtf8Bytes(utf8);
    return { text: packText(utf8), fileName: '' };
  }

  const refusal = tooLarge('text', limitBytes);
  // A form has headers around the text; and gzip of what can't be compressed is larger than that.
  const sentLimitBytes = isPlain ? limitBytes : limitBytes + limits.formBytes;
  const sent = bodyPieces(request, sentLimitBytes, refusal);
  const body = isGzip ? counted(gunzipped(sent), sentLimitBytes, refusal) : sent;
  if (formType === undefined) return { text: await packPieces(body, limitBytes), fileName: '' };
  const part = new FirstPart(body, formType);
  const text = await packPieces(part, limitBytes);
  return { text, fileName: part.fileName };
}

/** The text that pieces make. @throws {ProblemError} `too_large` or `not_text`, as soon as that is clear */
export async function packPieces(pieces: Pieces, limitBytes: number): Promise<PackedText> {
  const text = checked(counted(pieces, limitBytes, tooLarge('text', limitBytes)));
  const { begin, isAll } = await readBegin(text);
  if (isAll) return packText(begin);
  const sha256 = createHash('sha256');
  let sizeBytes = 0;
  async function* hashed(): Pieces {
    for await (const piece of concatenated(begin, text)) {
      sha256.update(piece);
      sizeBytes += piece.byteLength;
      yield piece;
    }
  }
  // Compressing so much text always pays: by its form, UTF-8 leaves a tenth of what bytes could say unsaid.
  const bytes = await gzipped(hashed());
  return {
    encoding: 'gzip',
    bytes,
    sizeBytes,
    sha256: sha256.digest('hex'),
    firstLine: firstLineOfBytes(begin),
  };
}

/** Pieces up to more than one piece's size, or all there are: what is short is packed in one go. */
async function readBegin(pieces: AsyncIterator<Uint8Array>): Promise<{ begin: Uint8Array; isAll: boolean }> {
  const bytes = new GrowingBytes();
  while (bytes.sizeBytes <= limits.pieceBytes) {
    const next = await pieces.next();
    if (next.done) return { begin: bytes.take(), isAll: true };
    bytes.append(next.value);
  }
  return { begin: bytes.take(), isAll: false };
}

async function* checked(pieces: Pieces): AsyncGenerator<Uint8Array> {
  const check = new Utf8Check();
  for await (const piece of pieces) {
    check.add(piece);
    yield piece;
  }
  check.end();
}

async function* concatenated(begin: Uint8Array, rest: Pieces): Pieces {
  yield begin;
  yield* rest;
}

/** The type of a multipart form; undefined where the body is no form. */
function getFormType(request: Request): string | undefined {
  const type = request.headers.get('content-type') ?? '';
  return /^multipart\/form-data\b/i.test(type) ? type : undefined;
}

/** @throws {ProblemError} `not_text` where the body was sent in an encoding other than gzip */
function isSentAsGzip(request: Request): boolean {
  const encoding = request.headers.get('content-encoding');
  // `x-gzip` is the same (RFC 9110, 8.4.1.3).
  if (encoding === null || /^(identity)?$/i.test(encoding)) return false;
  if (/^(x-)?gzip$/i.test(encoding)) return true;
  throw new ProblemError({
    code: 'not_text',
    detail: 'A body is read as it is, or with Content-Encoding: gzip. Send it in one of these.',
    field: 'Content-Encoding',
  });
}
