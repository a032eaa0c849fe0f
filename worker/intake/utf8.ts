// Whether bytes that come in pieces are UTF-8: each piece is judged when it comes, and none is decoded. Pure.

import { isUtf8 } from 'node:buffer';
import { joinBytes } from '../../shared/bytes.ts';

export class Utf8Check {
  /** The begin of a character whose end is in the next piece: at most 3 bytes. */
  #unfinished: Uint8Array = new Uint8Array();

  /** Whether all that came so far can be UTF-8. */
  accepts(piece: Uint8Array): boolean {
    const bytes = this.#unfinished.byteLength > 0 ? joinBytes([this.#unfinished, piece]) : piece;
    const end = bytes.byteLength - unfinishedBytes(bytes);
    this.#unfinished = bytes.slice(end);
    return isUtf8(bytes.subarray(0, end));
  }

  /** Whether nothing is unfinished, now that all has come. */
  isComplete(): boolean {
    return this.#unfinished.byteLength === 0;
  }
}

/** How many bytes at the end begin a character that isn't whole (RFC 3629, section 3): 0 to 3. */
export function unfinishedBytes(bytes: Uint8Array): number {
  for (let sizeBytes = 1; sizeBytes <= 3; sizeBytes++) {
    const byte = bytes.at(-sizeBytes);
    if (byte === undefined) return 0;
    // A continuation byte (10xxxxxx): what it continues stands before it.
    if ((byte & 0b1100_0000) === 0b1000_0000) continue;
    return sizeBytes < characterBytes(byte) ? sizeBytes : 0;
  }
  return 0;
}

/** How long a character is, by its first byte. */
function characterBytes(firstByte: number): number {
  if (firstByte < 0b1100_0000) return 1;
  if (firstByte < 0b1110_0000) return 2;
  return firstByte < 0b1111_0000 ? 3 : 4;
}
