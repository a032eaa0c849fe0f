// Reading a body that is held whole, such as a message of the contract: counted while it streams, so that nothing
// over its limit ever is.

import { tooLarge } from '../../shared/snippet.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { bodyPieces, getAnnouncedBytes, wholeBody } from './pieces.ts';
import { requireUtf8Bytes } from './utf8.ts';

/**
 * The bytes of a body, at most `limitBytes`.
 * @param field what the body is, for the refusal
 * @throws {ProblemError} `too_large` as soon as that is clear, and the rest is not read; `canceled` where it breaks off
 */
export async function readBody(request: Request, field: string, limitBytes: number): Promise<Uint8Array> {
  const announcedBytes = getAnnouncedBytes(request);
  if (announcedBytes !== undefined && announcedBytes <= limitBytes) return wholeBody(request);
  const bytes = new GrowingBytes();
  const pieces = bodyPieces(request, limitBytes, tooLarge(field, limitBytes));
  for await (const piece of pieces) bytes.append(piece);
  return bytes.take();
}

const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });

/** The text of bytes. @throws {ProblemError} `not_text` where they aren't UTF-8 */
export function requireUtf8(bytes: Uint8Array): string {
  requireUtf8Bytes(bytes);
  return decoder.decode(bytes);
}
