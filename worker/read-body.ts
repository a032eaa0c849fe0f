// Reading a request's body: counted while it streams, so that nothing over its limit is ever held whole.

import { joinBytes } from '../shared/bytes.ts';
import { ProblemError } from '../shared/problem.ts';
import { tooLarge } from '../shared/snippet.ts';

/**
 * The bytes of a body, at most `limitBytes`.
 * @param field what the body is, for the refusal
 * @throws {ProblemError} `too_large` as soon as that is clear; the rest is not read
 */
export async function readBody(request: Request, field: string, limitBytes: number): Promise<Uint8Array> {
  const announced = request.headers.get('content-length');
  if (announced !== null) {
    if (Number(announced) > limitBytes) throw refused(field, limitBytes);
    // HTTP itself ends the body there (RFC 9112, 6.2), so nothing is left to count.
    return new Uint8Array(await request.arrayBuffer());
  }
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  // Leaving the loop by a throw cancels the stream.
  for await (const chunk of request.body) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > limitBytes) throw refused(field, limitBytes);
    chunks.push(chunk);
  }
  return joinBytes(chunks);
}

function refused(field: string, limitBytes: number): ProblemError {
  return new ProblemError(tooLarge(field, limitBytes).problem);
}

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of bytes. @throws {ProblemError} `not_text` where they aren't UTF-8 */
export function requireUtf8(bytes: Uint8Array): string {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    throw new ProblemError({
      code: 'not_text',
      detail: 'These bytes are not UTF-8. Convert the text first, for example with iconv -t UTF-8.',
    });
  }
}
