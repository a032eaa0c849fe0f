// Bytes that came in pieces. Pure.

/** The pieces as one; a single piece comes back as it is. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const whole = new Uint8Array(pieces.reduce((sizeBytes, piece) => sizeBytes + piece.byteLength, 0));
  let end = 0;
  for (const piece of pieces) {
    whole.set(piece, end);
    end += piece.byteLength;
  }
  return whole;
}

/** The bytes without the character at their end that isn't whole. */
export function wholeCharacters(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.byteLength - begunBytes(bytes));
}

/** How many bytes at the end begin a character that isn't whole: 0 to 3. */
export function begunBytes(bytes: Uint8Array): number {
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
