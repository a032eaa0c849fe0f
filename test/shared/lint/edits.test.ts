// Edits of a whole document are held to the selection, and the selection is found again behind them.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editsWithin, rangeAfter, splitByLines, type TextEdit } from '../../../shared/lint/edits.ts';
import { contains, endOfText, textIn, type TextRange } from '../../../shared/lint/range.ts';

const at = (line: number, character: number) => ({ line, character });
const range = (a: number, b: number, c: number, d: number): TextRange => ({ start: at(a, b), end: at(c, d) });
const end = { line: 9999, character: 0 };

/** A text after edits, from the last to the first so that none moves another. */
function apply(text: string, edits: readonly TextEdit[]): string {
  return edits.toReversed().reduce((edited, edit) => {
    const head = textIn(edited, { start: at(0, 0), end: edit.range.start });
    return head + edit.newText + textIn(edited, { start: edit.range.end, end });
  }, text);
}

describe('of a tool’s edits', () => {
  const text = 'import os\n\nx = f"a"\ny = f"b"\nz = f"c"\n';
  const selection = range(3, 0, 4, 0);
  const kept = { range: range(3, 4, 3, 5), newText: '' };

  it('one within the selection is kept', () => {
    expect(editsWithin([kept], [selection], text)).toEqual([kept]);
  });

  it('one outside of the selection is not', () => {
    expect(editsWithin([{ range: range(0, 0, 1, 0), newText: '' }], [selection], text)).toEqual([]);
  });

  it('one from the first changed line of the document to the last is kept where it meets the selection', () => {
    const whole = { range: range(0, 0, 5, 0), newText: '\nx = "a"\ny = "b"\nz = "c"\n' };
    expect(apply(text, editsWithin([whole], [selection], text))).toBe(
      'import os\n\nx = f"a"\ny = "b"\nz = f"c"\n',
    );
  });

  it('one that changes half a selected line is kept where that half is selected', () => {
    const whole = { range: range(0, 0, 5, 0), newText: '\nx = "a"\ny = "b"\nz = "c"\n' };
    expect(editsWithin([whole], [range(3, 4, 3, 8)], text)).toEqual([kept]);
    expect(editsWithin([whole], [range(3, 0, 3, 3)], text)).toEqual([]);
  });

  it('one with line ends of another kind changes only what differs', () => {
    const crlf = text.replaceAll('\n', '\r\n');
    const whole = { range: range(0, 0, 5, 0), newText: '\nx = "a"\ny = "b"\nz = "c"\n' };
    expect(editsWithin([whole], [selection], crlf)).toEqual([kept]);
  });

  it('the first is kept of two that meet', () => {
    const over = { range: range(3, 0, 3, 8), newText: 'pass' };
    expect(editsWithin([kept, over], [selection], text)).toEqual([over]);
  });

  it('one is kept of two at the same place', () => {
    const twice = { range: range(3, 0, 3, 0), newText: '# ' };
    expect(editsWithin([twice, twice], [selection], text)).toEqual([twice]);
  });

  it('one is kept in each of several selections, and none between them', () => {
    const whole = { range: range(0, 0, 5, 0), newText: '\nx = "a"\ny = "b"\nz = "c"\n' };
    expect(apply(text, editsWithin([whole], [range(2, 0, 3, 0), range(4, 0, 5, 0)], text))).toBe(
      'import os\n\nx = "a"\ny = f"b"\nz = "c"\n',
    );
  });

  it('all that are kept lie within the selection, whatever the tool wrote', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'f"c"', '', '  d'), { maxLength: 8 });
    fc.assert(
      fc.property(lines, lines, fc.nat(8), fc.nat(8), (before, after, from, count) => {
        const documentText = before.join('\n');
        const chosen = range(from, 0, from + count, 0);
        const whole = {
          range: { start: at(0, 0), end: endOfText(at(0, 0), documentText) },
          newText: after.join('\n'),
        };
        for (const edit of editsWithin([whole], [chosen], documentText))
          expect(contains(chosen, edit.range)).toBe(true);
      }),
    );
  });
});

describe('an edit split by lines', () => {
  const text = fc.stringMatching(/^[ab😀\u{1F601}\n]{0,24}$/u);

  // A document has line ends of one kind.
  it.each(['\n', '\r\n'])('makes the same text as the edit, with lines that end in %j', (eol) => {
    const anyText = text.map((any) => any.replaceAll('\n', eol));
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const edit = { range: { start: at(0, 0), end: endOfText(at(0, 0), before) }, newText: after };
        expect(apply(before, splitByLines(edit, before))).toBe(after);
      }),
    );
  });

  it('never parts a surrogate pair', () => {
    const edit = { range: range(0, 0, 0, 2), newText: '\u{1F601}' };
    expect(splitByLines(edit, '😀')).toEqual([edit]);
  });

  it('stays whole where there are too many lines to compare', () => {
    const before = 'a\n'.repeat(5000);
    const edit = { range: range(0, 0, 5000, 0), newText: 'b\n'.repeat(5000) };
    expect(splitByLines(edit, before)).toEqual([edit]);
  });
});

describe('the selections after edits within them', () => {
  it('hold the edited text, and nothing of what follows', () => {
    const text = fc.stringMatching(/^[ab\n]{0,10}$/u);
    fc.assert(
      fc.property(text, text, text, text, text, text, (head, a, b, replacement, c, tail) => {
        const start = endOfText(at(0, 0), head);
        const from = endOfText(start, a);
        const to = endOfText(from, b);
        const selection = { start, end: endOfText(to, c) };
        const edits = [{ range: { start: from, end: to }, newText: replacement }];
        const edited = apply(head + a + b + c + tail, edits);
        expect(textIn(edited, rangeAfter(selection, edits))).toBe(a + replacement + c);
      }),
    );
  });

  it('hold their edited texts where there are several', () => {
    const text = fc.stringMatching(/^[ab\n]{0,6}$/u);
    const selected = fc.record({
      before: fc.stringMatching(/^[ab\n]{1,6}$/u),
      a: text,
      b: text,
      replacement: text,
      c: text,
    });
    fc.assert(
      fc.property(fc.array(selected, { maxLength: 4 }), (all) => {
        let position = at(0, 0);
        const pieces = all.map(({ before, a, b, replacement, c }) => {
          const start = endOfText(position, before);
          const from = endOfText(start, a);
          const to = endOfText(from, b);
          position = endOfText(to, c);
          const edit = { range: { start: from, end: to }, newText: replacement };
          return { selection: { start, end: position }, edit, edited: a + replacement + c };
        });
        const edits = pieces.map(({ edit }) => edit);
        const edited = apply(all.map(({ before, a, b, c }) => before + a + b + c).join(''), edits);
        for (const { selection, edited: expected } of pieces)
          expect(textIn(edited, rangeAfter(selection, edits))).toBe(expected);
      }),
    );
  });

  it('move with two edits on one line', () => {
    const edits = [
      { range: range(2, 4, 2, 5), newText: '' },
      { range: range(2, 9, 2, 10), newText: 'xyz' },
    ];
    expect(rangeAfter(range(2, 0, 2, 20), edits)).toEqual(range(2, 0, 2, 21));
  });
});
