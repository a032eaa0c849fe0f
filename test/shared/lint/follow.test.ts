// A part of a document is found again after the document changed around it and in it.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followEdit } from '../../../shared/lint/follow.ts';
import { endOfText, textIn, type TextRange } from '../../../shared/lint/range.ts';

const at = (line: number, character: number) => ({ line, character });
const range = (a: number, b: number, c: number, d: number): TextRange => ({ start: at(a, b), end: at(c, d) });
const text = 'import os\n\ndef f(x):\n    return y\n\nz = 1\n';
/** The function. */
const place = range(2, 0, 4, 0);

function edited(before: string, changed: TextRange, newText: string): string {
  const head = textIn(before, { start: at(0, 0), end: changed.start });
  return head + newText + textIn(before, { start: changed.end, end: at(9999, 0) });
}

describe('a part of a document', () => {
  it.each<[string, TextRange, string, string | undefined]>([
    ['moves with lines put before it', range(0, 0, 0, 0), 'import re\n', 'def f(x):\n    return y\n'],
    ['moves with lines taken before it', range(0, 0, 1, 0), '', 'def f(x):\n    return y\n'],
    ['moves with the line end before it', range(1, 0, 2, 0), '', 'def f(x):\n    return y\n'],
    ['grows with what is typed in it', range(3, 11, 3, 12), 'x + 1', 'def f(x):\n    return x + 1\n'],
    [
      'grows with what is typed at its beginning',
      range(2, 0, 2, 0),
      'async ',
      'async def f(x):\n    return y\n',
    ],
    [
      'does not grow with what is typed behind its last line',
      range(4, 0, 4, 0),
      'q',
      'def f(x):\n    return y\n',
    ],
    ['stays with what is typed further down', range(5, 4, 5, 5), '2', 'def f(x):\n    return y\n'],
    ['may become empty', range(2, 0, 4, 0), '', ''],
    ['is lost with a change over its beginning', range(0, 3, 2, 4), 'q', undefined],
    ['is lost with a change over its end', range(3, 8, 5, 1), 'q', undefined],
    [
      'is found in a replaced document by the lines that stayed',
      range(0, 0, 6, 0),
      'import re\n\ndef f(x):\n    return x\n\nz = 2\n',
      'def f(x):\n    return x\n',
    ],
  ])('%s', (_name, changed, newText, expected) => {
    const after = followEdit(place, { range: changed, newText }, text);
    expect(after && textIn(edited(text, changed, newText), after)).toBe(expected);
  });

  it('that ends within a line grows at its end', () => {
    expect(followEdit(range(3, 4, 3, 12), { range: range(3, 12, 3, 12), newText: 'es' }, text)).toEqual(
      range(3, 4, 3, 14),
    );
  });

  it('keeps its own text through any change outside of it', () => {
    const piece = fc.stringMatching(/^[ab\n]{0,8}$/u);
    fc.assert(
      fc.property(
        piece,
        piece,
        piece,
        piece,
        fc.stringMatching(/^[ab\n]{1,8}$/u),
        piece,
        (a, b, c, newText, own, d) => {
          const document = `${a}${b}${c}|${own}|${d}`;
          const start = endOfText(at(0, 0), `${a}${b}${c}|`);
          const selected = { start, end: endOfText(start, own) };
          const from = endOfText(at(0, 0), a);
          const changed = { start: from, end: endOfText(from, b) };
          const after = followEdit(selected, { range: changed, newText }, document);
          expect(after && textIn(edited(document, changed, newText), after)).toBe(own);
        },
      ),
    );
  });
});
