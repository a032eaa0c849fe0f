// Bytes as base62 of fixed width: letters and digits only, so that a double click selects a whole id.

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = 62;
const VALUES: ReadonlyMap<string, number> = new Map(ALPHABET.split('').map((digit, value) => [digit, value]));

/** How many base62 digits any `bytes` bytes need. */
export function base62Width(bytes: number): number {
  return Math.ceil((bytes * 8) / Math.log2(BASE));
}

/** The bytes as one big-endian number in base62, padded to its full width. */
export function toBase62(bytes: Uint8Array): string {
  const rest = bytes.slice();
  let digits = '';
  for (let place = base62Width(bytes.byteLength); place > 0; place--)
    digits = ALPHABET.charAt(divideByBase(rest)) + digits;
  return digits;
}

/** The bytes behind a text, or undefined where it is not exactly the base62 of that many bytes. */
export function getFromBase62(text: string, byteLength: number): Uint8Array | undefined {
  if (text.length !== base62Width(byteLength)) return undefined;
  const bytes = new Uint8Array(byteLength);
  for (const digit of text) {
    const value = VALUES.get(digit);
    if (value === undefined || !multiplyByBaseAndAdd(bytes, value)) return undefined;
  }
  return bytes;
}

// Long division and multiplication by the byte, as on paper: at these widths a tenth of what BigInt costs.

/** Divides the number in place and gives the remainder. */
function divideByBase(number: Uint8Array): number {
  let remainder = 0;
  for (const [index, byte] of number.entries()) {
    const value = remainder * 256 + byte;
    number[index] = Math.floor(value / BASE);
    remainder = value % BASE;
  }
  return remainder;
}

/** Multiplies the number in place and adds a digit. False where the result needs more bytes. */
function multiplyByBaseAndAdd(number: Uint8Array, digit: number): boolean {
  let carry = digit;
  for (let index = number.length - 1; index >= 0; index--) {
    const value = (number[index] ?? 0) * BASE + carry;
    number[index] = value & 0xff;
    carry = value >>> 8;
  }
  return carry === 0;
}
