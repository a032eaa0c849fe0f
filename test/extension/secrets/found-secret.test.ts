// How a secret is shown: its line, never the secret.

import { describe, expect, it } from 'vitest';
import { type FoundSecret, merged, toShown } from '../../../extension/secrets/found-secret.ts';

/** A secret of each letter in the text: `a` where they are the first one’s. */
function marked(text: string): FoundSecret[] {
  return ['a', 'b'].flatMap((letter) => {
    const start = text.indexOf(letter);
    return start < 0 ? [] : [{ what: letter, start, end: text.lastIndexOf(letter) + 1 }];
  });
}

function secret(start: number, end: number): FoundSecret {
  return { what: `${start}`, start, end };
}

describe('A secret is shown', () => {
  it.each([
    [
      'masked in its line',
      '1\n2 = "aaa"\n3',
      [{ what: 'a', place: { cell: undefined, line: 12 }, textLine: 1, maskedLine: '2 = "••••••••"' }],
    ],
    [
      'by a mask that tells no length',
      'aaaaaaaaaaaaaaaaaaaaaaaaaa',
      [{ what: 'a', place: { cell: undefined, line: 11 }, textLine: 0, maskedLine: '••••••••' }],
    ],
    [
      'with the others of its line',
      'x=aa, y=bb',
      [
        {
          what: 'a',
          place: { cell: undefined, line: 11 },
          textLine: 0,
          maskedLine: 'x=••••••••, y=••••••••',
        },
      ],
    ],
    [
      'once where it goes over lines',
      'x=aa\naa\naa',
      [{ what: 'a', place: { cell: undefined, line: 11 }, textLine: 0, maskedLine: 'x=••••••••' }],
    ],
    [
      'without the end of a line of CRLF',
      'aa\r\n',
      [{ what: 'a', place: { cell: undefined, line: 11 }, textLine: 0, maskedLine: '••••••••' }],
    ],
    [
      'each in its own line',
      'aa\nbb',
      [
        { what: 'a', place: { cell: undefined, line: 11 }, textLine: 0, maskedLine: '••••••••' },
        { what: 'b', place: { cell: undefined, line: 12 }, textLine: 1, maskedLine: '••••••••' },
      ],
    ],
    ['not at all where there is none', 'x', []],
  ])('%s', (_how, text, shown) => {
    // The text begins at the eleventh line of its document.
    expect(toShown(text, marked(text), (textLine) => ({ cell: undefined, line: textLine + 11 }))).toEqual(
      shown,
    );
  });

  it('in a line that is cut', () => {
    const text = `aa${'x'.repeat(200)}`;
    const [shown] = toShown(text, marked(text), (textLine) => ({ cell: undefined, line: textLine + 1 }));
    expect(shown?.maskedLine).toMatch(/^•{8}x{91}…$/);
  });
});

describe('Secrets that overlap', () => {
  it.each([
    ['count as one', [secret(0, 5), secret(3, 8)], [secret(0, 8)]],
    ['count as the outer one', [secret(3, 5), secret(0, 8)], [secret(0, 8)]],
    ['stay two where they only touch', [secret(0, 3), secret(3, 5)], [secret(0, 3), secret(3, 5)]],
  ])('%s', (_how, found, apart) => {
    expect(merged(found)).toEqual(apart);
  });
});
