// What is shown to be sent to GitHub is what GitHub gets, through every way that an editor writes an address.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canBeSent, getSearchWords, searchAddress } from '../../../extension/github/search-words.ts';
import { limits } from '../../../shared/limits.ts';

describe('the search for a line', () => {
  it.each([
    ['def load_input(path):', '"def load_input(path):" language:python'],
    ['url = "https://api.example.com/v1/users"', '"https://api.example.com/v1/users" language:python'],
    ['mask = flags & INTERESTING_BITS', '"INTERESTING_BITS" language:python'],
    ['rate = amount * 100 % interesting_total', '"interesting_total" language:python'],
    ['name = größe + länge', '"name = größe" language:python'],
    ['subtotal += item.price', '"item.price" language:python'],
    ['x = 1', undefined],
    ['', undefined],
  ])('%s is %s', (line, expected) => {
    expect(getSearchWords(line, 'python')).toBe(expected);
  });

  it('says no language that GitHub calls otherwise', () => {
    expect(getSearchWords('load_input(path)', 'shellscript')).toBe('"load_input(path)"');
  });

  it('is cut between words', () => {
    const words = getSearchWords(`load(${'interesting, '.repeat(40)})`, 'python');
    expect(words).toMatch(/^"load\((?:interesting, )+interesting,?" language:python$/);
    expect(words?.length).toBeLessThan(limits.github.wordsCharacters);
  });
});

/** What an editor makes of an address that it opens (microsoft/vscode, openerService.ts), and a server of that. */
function received({ path, query }: { path: string; query: string }): string | null {
  const minimal = query.replaceAll('#', '%23').replaceAll('?', '%3F');
  return new URL(encodeURI(`https://github.com${path}?${minimal}`)).searchParams.get('q');
}

describe('the address of a search', () => {
  it('reaches GitHub as it was shown, whatever the line is', () => {
    const part = fc.constantFrom(
      'load_input',
      ' ',
      '"',
      '&',
      '+',
      '#',
      '?',
      '%',
      '%20',
      '=',
      '(',
      '\\',
      ';',
      'ä😀',
      '\uD800',
      '$(',
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const words = getSearchWords(parts.join(''), 'python');
        if (words === undefined) return;
        expect(received(searchAddress(words))).toBe(words);
        expect(canBeSent(words)).toBe(true);
      }),
    );
  });

  it.each([
    ['load_input language:python', true],
    ['"load_input"', true],
    ['', false],
    ['  ', false],
    ['a & b', false],
    ['a#b', false],
    ['100%', false],
    ['\uD800', false],
    ['a'.repeat(limits.github.wordsCharacters + 1), false],
  ])('takes "%s": %s', (words, expected) => {
    expect(canBeSent(words)).toBe(expected);
    if (expected) expect(received(searchAddress(words))).toBe(words);
  });
});
