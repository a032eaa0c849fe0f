// Codes that people read off one device and type into another.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUserCode, readUserCode, showUserCode } from '../../../../worker/identity/device/user-code.ts';

describe('a fresh code', () => {
  const codes = Array.from({ length: 2_000 }, createUserCode);

  it('has eight consonants, none of which looks like a digit that it could be', () => {
    for (const code of codes) expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/);
  });

  it('is another each time, and every letter comes as often', () => {
    expect(new Set(codes).size).toBe(codes.length);
    const counts = new Map<string, number>();
    for (const letter of codes.join('')) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    // 800 of each on average, and 28 the standard deviation: six of them is one run in 25 million.
    for (const count of counts.values()) expect(Math.abs(count - 800)).toBeLessThan(6 * 28);
    expect(counts.size).toBe(20);
  });
});

describe('a code that is typed', () => {
  it.each([
    ['as it is shown', 'BCDF-GHJK', 'BCDFGHJK'],
    ['without the dash', 'BCDFGHJK', 'BCDFGHJK'],
    ['in small letters', 'bcdf-ghjk', 'BCDFGHJK'],
    ['with spaces', ' bcdf ghjk ', 'BCDFGHJK'],
    ['with another dash', 'bcdf–ghjk', 'BCDFGHJK'],
    ['with digits that look like letters', 'bcd5-2h68', 'BCDSZHGB'],
    ['too short', 'BCDF-GHJ', undefined],
    ['too long', 'BCDF-GHJK-L', undefined],
    ['with a letter that no code has', 'ABCD-FGHJ', undefined],
    ['as nothing', '', undefined],
    ['as what grows with its case', 'ßßßßßßßß', undefined],
  ])('%s', (_what, typed, code) => {
    expect(readUserCode(typed)).toBe(code);
  });

  it('as it is shown, whatever the case, is the code', () => {
    const typed = fc.array(fc.boolean(), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(typed, (capitals) => {
        const code = createUserCode();
        const text = Array.from(showUserCode(code)).map((letter, at) =>
          capitals[at] ? letter : letter.toLowerCase(),
        );
        expect(readUserCode(text.join(''))).toBe(code);
      }),
    );
  });
});
