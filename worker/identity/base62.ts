// Bytes as base62 of fixed width: letters and digits only, so that a double click selects a whole id.

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const VALUES: ReadonlyMap<string, bigint> = new Map(
  ALPHABET.split('').map((digit, value) => [digit, BigInt(value)]),
);

/** How many base62 digits any `bytes` bytes need. */
export function base62Width(bytes: number): number {
  return Math.ceil((bytes * 8) / Math.log2(62));
}

/** The bytes as one big-endian number in base62, padded to its full width. */
export function toBase62(bytes: Uint8Array): string {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  let digits = '';
  for (let place = base62Width(bytes.byteLength); place > 0; place--) {
    digits = ALPHABET.charAt(Number(value % 62n)) + digits;
    value /= 62n;
  }
  return digits;
}

/** The bytes behind a text, or undefined where it is not exactly the base62 of that many bytes. */
export function getFromBase62(text: string, byteLength: number): Uint8Array | undefined {
  if (text.length !== base62Width(byteLength)) return undefined;
  let value = 0n;
  for (const digit of text) {
    const digitValue = VALUES.get(digit);
    if (digitValue === undefined) return undefined;
    value = value * 62n + digitValue;
  }
  if (value >> BigInt(byteLength * 8)) return undefined;
  const bytes = new Uint8Array(byteLength);
  for (let index = byteLength - 1; index >= 0; index--) {
    bytes[index] = Number(value & 0xffn);
    value >>= 8n;
  }
  return bytes;
}
