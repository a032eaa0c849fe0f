// How pieces of documents are laid out, and that whatever is found in them comes back to where it is.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, endOfText, textIn } from '../../../shared/lint/range.ts';
import {
  indentBefore,
  layOut,
  type Piece,
  positionInDocument,
  rangeInDocument,
} from '../../../shared/lint/selection.ts';

const ABOVE = 'async def _f():\n';
const start = { line: 7, character: 0 };

describe('what stands before a piece', () => {
  it.each([
    ['    ', '    '],
    ['\t  ', '\t  '],
    ['', ''],
    ['  x = ', ''],
    ['x', ''],
  ])('%j leaves %j', (before, expected) => {
    expect(indentBefore(before)).toBe(expected);
  });
});

describe('a piece stands', () => {
  it.each([
    ['as it is where its code starts in column 0', 'x = 1\n    y\n', '', 'x = 1\n    y\n'],
    ['as it is where there is no code', '    # why\n\n', '', '    # why\n\n'],
    ['as it is where it is empty', '', '', ''],
    ['under a function where its code is indented', '    return 1\n', '', `${ABOVE}    return 1\n`],
    ['under a function where a tab indents it', '\treturn 1\n', '', `${ABOVE}\treturn 1\n`],
    [
      'under a function where only a comment is not',
      '# why\n    return 1\n',
      '',
      `${ABOVE}# why\n    return 1\n`,
    ],
    [
      'under a function where a blank line comes first',
      '\r\n    return 1\r\n',
      '',
      `${ABOVE}\r\n    return 1\r\n`,
    ],
    ['with its indentation given back', 'a = 1\n    b = 2', '    ', `${ABOVE}    a = 1\n    b = 2`],
    [
      'as it is where an indented comment comes before code that is not',
      '  # why\nx = 1',
      '',
      '  # why\nx = 1',
    ],
    ['as it is where only a separator that is no line break precedes it', '#\u2028  x', '', '#\u2028  x'],
  ])('%s', (_name, text, indent, expected) => {
    expect(layOut({ text, start: { line: 7, character: indent.length }, indent }).text).toBe(expected);
  });
});

describe('a place of the layout', () => {
  it.each([
    ['as it is', { text: 'x = foo\n', start, indent: '' }, { row: 1, column: 5 }, { line: 7, character: 4 }],
    [
      'under a function',
      { text: '  x = foo\n', start, indent: '' },
      { row: 2, column: 7 },
      { line: 7, character: 6 },
    ],
    [
      'in the middle of a line',
      { text: 'foo(\n  bar)', start: { line: 7, character: 12 }, indent: '' },
      { row: 1, column: 1 },
      { line: 7, character: 12 },
    ],
    [
      'on the line after one that began in the middle',
      { text: 'foo(\n  bar)', start: { line: 7, character: 12 }, indent: '' },
      { row: 2, column: 3 },
      { line: 8, character: 2 },
    ],
    [
      'after an indentation given back',
      { text: 'a = foo\n    b = 2', start: { line: 7, character: 4 }, indent: '    ' },
      { row: 2, column: 9 },
      { line: 7, character: 8 },
    ],
  ])('%s', (_name, piece, place, expected) => {
    expect(positionInDocument(layOut(piece), place)).toEqual(expected);
  });

  it('on the line above is where the piece begins', () => {
    const layout = layOut({ text: '  x', start, indent: '' });
    expect(rangeInDocument(layout, { row: 1, column: 16 }, { row: 2, column: 1 })).toEqual({
      start,
      end: start,
    });
  });

  it('after the end is where the piece ends', () => {
    const end = { line: 8, character: 0 };
    const layout = layOut({ text: 'x = (\n', start, indent: '' });
    expect(rangeInDocument(layout, { row: 9, column: 1 }, { row: 9, column: 1 })).toEqual({
      start: end,
      end,
    });
  });

  it('that is missing is where the piece begins', () => {
    const layout = layOut({ text: 'x\n', start, indent: '' });
    expect(rangeInDocument(layout, null, null)).toEqual({ start, end: start });
  });
});

/** What lies between two offsets of a document. */
function pieceOf(documentText: string, [from, to]: readonly [number, number]): Piece {
  const start0 = endOfText({ line: 0, character: 0 }, documentText.slice(0, from));
  const before = textIn(documentText, { start: { ...start0, character: 0 }, end: start0 });
  return { text: documentText.slice(from, to), start: start0, indent: indentBefore(before) };
}

describe('any piece of any document', () => {
  const text = fc.stringMatching(/^[x(#\t \r\n😀]{0,20}$/u);
  const cuts = fc.tuple(fc.nat(40), fc.nat(40)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  const place = fc.record({ row: fc.integer({ min: 1, max: 30 }), column: fc.integer({ min: 1, max: 30 }) });

  it('has every place within itself, its start before its end', () => {
    fc.assert(
      fc.property(text, cuts, fc.option(place), fc.option(place), (documentText, cut, from, to) => {
        const layout = layOut(pieceOf(documentText, cut));
        const found = rangeInDocument(layout, from, to);
        expect(contains(layout.range, found)).toBe(true);
        expect(contains(found, { start: found.start, end: found.start })).toBe(true);
      }),
    );
  });

  it('has the same character at a place of the layout and of the document', () => {
    fc.assert(
      fc.property(text, cuts, fc.nat(60), (documentText, cut, offset) => {
        fc.pre(!documentText.slice(0, cut[0]).endsWith('\r'));
        const piece = pieceOf(documentText, cut);
        const layout = layOut(piece);
        const added = layout.text.length - piece.text.length;
        fc.pre(offset < piece.text.length);
        const head = layout.text.slice(0, added + offset);
        fc.pre(!head.endsWith('\r'));
        const { line, character } = endOfText({ line: 0, character: 0 }, head);
        const position = positionInDocument(layout, { row: line + 1, column: character + 1 });
        const rest = textIn(documentText, { start: position, end: { line: 999, character: 0 } });
        expect(rest.startsWith(piece.text.slice(offset))).toBe(true);
      }),
    );
  });
});
