// Addresses: what may stand in them, and that what is built is read back.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { getNumber, isLinkId, isUserId, latestPath, linkPath, numberPath } from '../../shared/address.ts';
import { languageOf } from '../../shared/language.ts';

describe('a user id', () => {
  it.each(['ada', 'a-1', '---', 'x'.repeat(20)])('can be %s', (text) => expect(isUserId(text)).toBe(true));

  it.each([
    '',
    'ab',
    'x'.repeat(21),
    'Ada',
    'a_b',
    'a b',
    'ada\n',
    'ädä',
    'raw',
    'health',
    'sign-in',
    '../..',
  ])('can’t be "%s"', (text) => expect(isUserId(text)).toBe(false));
});

describe('a number in an address', () => {
  it('is read back from every number that there can be', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 - 1 }), (number) => {
        expect(getNumber(String(number))).toBe(number);
      }),
    );
  });

  it.each(['', '0', '01', '-1', '+1', '1.0', '1e3', '0x1', ' 1', '1 ', '4294967296', '99999999999', '１'])(
    'is not "%s"',
    (text) => expect(getNumber(text)).toBeUndefined(),
  );
});

describe('paths', () => {
  it.each([
    [latestPath('ada'), '/~ada'],
    [numberPath('ada', 12), '/~ada/12'],
    [linkPath('0123456789ABCDEFGHIJKL'), '/s/0123456789ABCDEFGHIJKL'],
  ])('%s', (path, expected) => expect(path).toBe(expected));

  it('know a link’s id by its form', () => {
    expect(isLinkId('0123456789ABCDEFGHIJKL')).toBe(true);
    for (const text of ['', '0123456789ABCDEFGHIJK', '0123456789ABCDEFGHIJKLM', '0123456789ABCDEFGHIJK-'])
      expect(isLinkId(text)).toBe(false);
  });
});

describe('the language of a file', () => {
  it.each([
    ['a.py', 'python'],
    ['A.PY', 'python'],
    ['a.b.ts', 'typescript'],
    ['Makefile', ''],
    ['a.', ''],
    ['.py', 'python'],
    ['a.unknown', ''],
    ['', ''],
  ])('%s', (fileName, language) => expect(languageOf(fileName)).toBe(language));
});
