// The code that a person reads off one device and types into another (RFC 8628, 6.1): eight consonants, so that no
// word comes out; no digits, so that none looks like a letter. 20^8 of them: ten tries find nothing.

const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 8;
/** Bytes from here on would make some letters likelier than others. */
const FAIR_BYTES = Math.floor(256 / LETTERS.length) * LETTERS.length;
const WHOLE = new RegExp(`^[${LETTERS}]{${LENGTH}}$`);
/** Digits that are typed for what looks like them. */
const MEANT: Readonly<Record<string, string>> = { 2: 'Z', 5: 'S', 6: 'G', 8: 'B' };

/** A fresh code, as it is stored: eight letters. */
export function createUserCode(): string {
  let code = '';
  while (code.length < LENGTH)
    for (const byte of crypto.getRandomValues(new Uint8Array(2 * LENGTH)))
      if (byte < FAIR_BYTES && code.length < LENGTH) code += LETTERS.charAt(byte % LETTERS.length);
  return code;
}

/** The code as it is shown: `BCDF-GHJK`. */
export function showUserCode(code: string): string {
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}

/** The code that somebody typed, whatever the case and whatever is between the letters; undefined where it can be none. */
export function readUserCode(typed: string): string | undefined {
  const letters = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[2568]/g, (digit) => MEANT[digit] ?? digit);
  return WHOLE.test(letters) ? letters : undefined;
}
