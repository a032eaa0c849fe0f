// Which user ids can be chosen.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUserId } from '../../shared/address.ts';
import { refuseUserId } from '../../shared/user-id.ts';

const RESERVED = 'This user id is reserved, or looks like one that is. Choose another.';

describe('a user id', () => {
  it.each(['ada', 'ada-lovelace', 'a1b', '007', 'x'.repeat(20), 'accountant', 'pushkin', 'newton', 'stacky'])(
    'can be %s',
    (text) => {
      expect(refuseUserId(text)).toBeUndefined();
    },
  );

  it.each([
    ['', 'Choose a user id.'],
    ['ab', 'A user id has 3 to 20 characters.'],
    ['x'.repeat(21), 'A user id has 3 to 20 characters.'],
    ['Ada', 'A user id is made of a to z, 0 to 9 and -, without capitals.'],
    ['a_b', 'A user id is made of a to z, 0 to 9 and -, without capitals.'],
    ['ädä', 'A user id is made of a to z, 0 to 9 and -, without capitals.'],
    ['аda', 'A user id is made of a to z, 0 to 9 and -, without capitals.'],
    ['ada\n', 'A user id is made of a to z, 0 to 9 and -, without capitals.'],
    ['-ada', 'A - stands between two other characters.'],
    ['ada-', 'A - stands between two other characters.'],
    ['a--da', 'A - stands between two other characters.'],
  ])('can’t be %j: %s', (text, why) => {
    expect(refuseUserId(text)).toBe(why);
  });

  it.each([
    ['a page', 'account'],
    ['a page without its stroke', 'signin'],
    ['a page with digits for letters', 's1gn-1n'],
    ['a page with l for i', 'slgn-ln'],
    ['several of a page', 'accounts'],
    ['a page with strokes', 'a-c-c-o-u-n-t'],
    ['this program', 'pyb1n'],
    ['who runs it', 'adm1n'],
    ['who runs it, with rn for m', 'adrnin'],
  ])('can’t be %s: %s', (_what, text) => {
    expect(refuseUserId(text)).toBe(RESERVED);
  });

  it('that can be chosen can stand in an address', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9-]{3,20}$/), (text) => {
        fc.pre(refuseUserId(text) === undefined);
        expect(isUserId(text)).toBe(true);
      }),
    );
  });
});
