// Bytes that come in pieces, gathered as one. What isn't needed any more is given back at once: at 10 MB a text,
// waiting for the garbage collector would double what many of them take.

import { limits } from '../../shared/limits.ts';

export class GrowingBytes {
  #buffer = new ArrayBuffer();
  #sizeBytes = 0;

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  append(piece: Uint8Array): void {
    const sizeBytes = this.#sizeBytes + piece.byteLength;
    // Growing leaves nothing of the old buffer behind, which a larger one beside it would.
    if (sizeBytes > this.#buffer.byteLength) this.#buffer = this.#buffer.transfer(roomFor(sizeBytes));
    new Uint8Array(this.#buffer).set(piece, this.#sizeBytes);
    this.#sizeBytes = sizeBytes;
  }

  /** All that was appended. It is empty after that. */
  take(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#buffer.transfer(this.#sizeBytes));
    this.#buffer = new ArrayBuffer();
    this.#sizeBytes = 0;
    return bytes;
  }
}

/** Doubling at first, so that little is copied; later in steps, so that little lies idle. */
function roomFor(sizeBytes: number): number {
  const doubled = 2 * sizeBytes;
  return doubled <= limits.chunkBytes
    ? doubled
    : Math.ceil(sizeBytes / limits.chunkBytes) * limits.chunkBytes;
}
