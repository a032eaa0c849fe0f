// Bytes as base62 of fixed width: letters and digits only, so that a double click selects a whole id.

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = 62;
const VALUES: ReadonlyMap<string, number> = new Map(ALPHABET.split('').map((digit, value) => [digit, value]));

// Digits and bytes are taken in groups that a number holds exactly: few steps on big numbers instead of many.
const GROUP_DIGITS = 8;
const GROUP = BigInt(BASE ** GROUP_DIGITS);
const WORD_BITS = 32n;

/** How many base62 digits any `bytes` bytes need. */
export function base62Width(bytes: number): number {
  return Math.ceil((bytes * 8) / Math.log2(BASE));
}

/** The bytes as one big-endian number in base62, padded to its full width. */
export function toBase62(bytes: Uint8Array): string {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  const width = base62Width(bytes.byteLength);
  let digits = '';
  while (digits.length < width) {
    digits = groupDigits(Number(value % GROUP)) + digits;
    value /= GROUP;
  }
  return digits.slice(-width);
}

/** The bytes behind a text, or undefined where it is not exactly the base62 of that many bytes. */
export function getFromBase62(text: string, byteLength: number): Uint8Array | undefined {
  if (text.length !== base62Width(byteLength)) return undefined;
  let value = 0n;
  for (let start = 0; start < text.length; start += GROUP_DIGITS) {
    const digits = text.slice(start, start + GROUP_DIGITS);
    const group = groupValue(digits);
    if (group === undefined) return undefined;
    value = value * BigInt(BASE ** digits.length) + BigInt(group);
  }
  if (value >> BigInt(byteLength * 8)) return undefined;
  const bytes = new Uint8Array(byteLength);
  const view = new DataView(bytes.buffer);
  for (let end = byteLength; end > 0; end -= 4) {
    const word = Number(BigInt.asUintN(32, value));
    if (end >= 4) view.setUint32(end - 4, word);
    else
      for (let index = end - 1; index >= 0; index--) bytes[index] = (word >>> (8 * (end - 1 - index))) & 0xff;
    value >>= WORD_BITS;
  }
  return bytes;
}

function groupDigits(value: number): string {
  let digits = '';
  for (let rest = value; digits.length < GROUP_DIGITS; rest = Math.floor(rest / BASE))
    digits = ALPHABET.charAt(rest % BASE) + digits;
  return digits;
}

function groupValue(digits: string): number | undefined {
  let value = 0;
  for (const digit of digits) {
    const digitValue = VALUES.get(digit);
    if (digitValue === undefined) return undefined;
    value = value * BASE + digitValue;
  }
  return value;
}
