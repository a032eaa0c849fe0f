// Whether bytes are UTF-8. Those that come in pieces are judged piece by piece, and nothing is decoded. Pure.

import { isUtf8 } from 'node:buffer';
import { joinBytes } from '../../shared/bytes.ts';
import { ProblemError } from '../../shared/problem.ts';

/** @throws {ProblemError} `not_text` where the bytes aren't UTF-8 */
export function requireUtf8Bytes(bytes: Uint8Array): void {
  if (isUtf8(bytes)) return;
  throw new ProblemError({
    code: 'not_text',
    detail: 'These bytes are not UTF-8. Convert the text first, for example with iconv -t UTF-8.',
  });
}

export class Utf8Check {
  /** The begin of a character whose end is in the next piece: at most 3 bytes. */
  #begun: Uint8Array = new Uint8Array();

  /** @throws {ProblemError} `not_text` as soon as what came can't be UTF-8 any more */
  add(piece: Uint8Array): void {
    const bytes = this.#begun.byteLength > 0 ? joinBytes([this.#begun, piece]) : piece;
    const begunAt = bytes.byteLength - begunBytes(bytes);
    requireUtf8Bytes(bytes.subarray(0, begunAt));
    // A copy, as slice() of a Buffer would not be.
    this.#begun = new Uint8Array(bytes.subarray(begunAt));
  }

  /** All has come. @throws {ProblemError} `not_text` where it ends inside a character */
  end(): void {
    requireUtf8Bytes(this.#begun);
  }
}

/** The bytes without the character at their end that isn't whole. */
export function wholeCharacters(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.byteLength - begunBytes(bytes));
}

/** How many bytes at the end begin a character that isn't whole: 0 to 3. */
function begunBytes(bytes: Uint8Array): number {
  for (let sizeBytes = 1; sizeBytes <= 3; sizeBytes++) {
    const byte = bytes.at(-sizeBytes);
    if (byte === undefined) return 0;
    const isContinuation = (byte & 0b1100_0000) === 0b1000_0000;
    if (!isContinuation) return sizeBytes < characterBytes(byte) ? sizeBytes : 0;
  }
  return 0;
}

/** How long a character is, by its first byte (RFC 3629, section 3). */
function characterBytes(firstByte: number): number {
  if (firstByte < 0b1100_0000) return 1;
  if (firstByte < 0b1110_0000) return 2;
  return firstByte < 0b1111_0000 ? 3 : 4;
}
