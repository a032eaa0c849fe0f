// Whether bytes are UTF-8. Those that come in pieces are judged piece by piece, and nothing is decoded. Pure.

import { isUtf8 } from 'node:buffer';
import { begunBytes, joinBytes } from '../../shared/bytes.ts';
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
