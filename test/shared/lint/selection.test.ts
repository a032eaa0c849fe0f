// How pieces of documents are laid out, and that whatever is found in them comes back to where it is.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, endOfText, type Position, textIn } from '../../../shared/lint/range.ts';
import type { RuffPlace } from '../../../shared/lint/ruff.ts';
import {
  indentBefore,
  joinTexts,
  type Layout,
  layOut,
  layOutApart,
  type Piece,
  placeOf,
  placeWithin,
} from '../../../shared/lint/selection.ts';

const ABOVE = 'async def _f():\n';
const start = { line: 7, character: 0 };

function pieceAt(from: Position, text: string, indent = ''): Piece {
  return { text, range: { start: from, end: endOfText(from, text) }, indent };
}

/** Where a place of a layout lies in the document. */
function positionOf(layout: Layout, place: RuffPlace): Position | undefined {
  return placeOf(layout, place, null)?.range.start;
}

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
    expect(layOut(pieceAt({ line: 7, character: indent.length }, text, indent)).text).toBe(expected);
  });
});

describe('a place of the layout', () => {
  it.each([
    ['as it is', pieceAt(start, 'x = foo\n', ''), { row: 1, column: 5 }, { line: 7, character: 4 }],
    ['under a function', pieceAt(start, '  x = foo\n', ''), { row: 2, column: 7 }, { line: 7, character: 6 }],
    [
      'in the middle of a line',
      pieceAt({ line: 7, character: 12 }, 'foo(\n  bar)', ''),
      { row: 1, column: 1 },
      { line: 7, character: 12 },
    ],
    [
      'on the line after one that began in the middle',
      pieceAt({ line: 7, character: 12 }, 'foo(\n  bar)', ''),
      { row: 2, column: 3 },
      { line: 8, character: 2 },
    ],
    [
      'after an indentation given back',
      pieceAt({ line: 7, character: 4 }, 'a = foo\n    b = 2', '    '),
      { row: 2, column: 9 },
      { line: 7, character: 8 },
    ],
  ])('%s', (_name, piece, place, expected) => {
    expect(positionOf(layOut(piece), place)).toEqual(expected);
  });

  it('on the line above is where the piece begins', () => {
    const layout = layOut(pieceAt(start, '  x', ''));
    expect(placeOf(layout, { row: 1, column: 16 }, { row: 2, column: 1 })).toEqual({
      piece: 0,
      range: { start, end: start },
    });
  });

  it('after the end is where the piece ends', () => {
    const end = { line: 8, character: 0 };
    const layout = layOut(pieceAt(start, 'x = (\n', ''));
    expect(placeOf(layout, { row: 9, column: 1 }, { row: 9, column: 1 })).toEqual({
      piece: 0,
      range: { start: end, end },
    });
  });

  it('that is missing is where the piece begins', () => {
    const layout = layOut(pieceAt(start, 'x\n', ''));
    expect(placeOf(layout, null, null)).toEqual({ piece: 0, range: { start, end: start } });
  });
});

/** What lies between two offsets of a document. */
function pieceOf(documentText: string, [from, to]: readonly [number, number]): Piece {
  const start0 = endOfText({ line: 0, character: 0 }, documentText.slice(0, from));
  const before = textIn(documentText, { start: { ...start0, character: 0 }, end: start0 });
  return pieceAt(start0, documentText.slice(from, to), indentBefore(before));
}

describe('texts are joined', () => {
  it.each<[string, string[], string, string]>([
    ['as they are where each ends its line', ['a\n', 'b\n'], '\n', 'a\nb\n'],
    ['with a line end where one is missing', ['a', 'b'], '\n', 'a\nb'],
    ['with a line end of the document’s kind', ['a', 'b\r\n', 'c'], '\r\n', 'a\r\nb\r\nc'],
    ['as one where there is one', ['a'], '\n', 'a'],
  ])('%s', (_name, texts, lineEnd, expected) => {
    expect(joinTexts(texts, lineEnd)).toBe(expected);
  });
});

describe('several pieces', () => {
  const header = pieceAt({ line: 2, character: 0 }, 'class A:\n');
  const method = pieceAt({ line: 9, character: 0 }, '    def f(self): ...\n');
  const inner = pieceAt({ line: 20, character: 4 }, 'return 1', '    ');

  it('stand one under the other as they are pushed', () => {
    expect(layOut(header, method).text).toBe('class A:\n    def f(self): ...\n');
    expect(layOut(header, inner, method).text).toBe('class A:\n    return 1\n    def f(self): ...\n');
  });

  it('stand under one function where the first is indented', () => {
    expect(layOut(inner, method).text).toBe(`${ABOVE}    return 1\n    def f(self): ...\n`);
  });

  it('stand apart, each indented one in a block of its own', () => {
    expect(layOutApart([inner, header, method]).text).toBe(
      'if 1:\n    return 1\nclass A:\nif 1:\n    def f(self): ...\n',
    );
  });

  it.each([
    ['in the first', { row: 1, column: 7 }, { piece: 0, line: 2, character: 6 }],
    ['in the second', { row: 2, column: 5 }, { piece: 1, line: 20, character: 4 }],
    ['in the third', { row: 3, column: 5 }, { piece: 2, line: 9, character: 4 }],
    ['behind the last', { row: 9, column: 1 }, { piece: 2, line: 10, character: 0 }],
  ])('have a place %s in its document', (_name, place, { piece, ...expected }) => {
    const found = placeOf(layOut(header, inner, method), place, null);
    expect(found).toMatchObject({ piece, range: { start: expected } });
  });

  it('have no place of an edit over two of them', () => {
    const layout = layOut(header, method);
    expect(placeWithin(layout, { row: 1, column: 1 }, { row: 2, column: 5 })).toBeUndefined();
    expect(placeWithin(layout, { row: 2, column: 5 }, { row: 2, column: 8 })).toMatchObject({ piece: 1 });
  });
});

function fail(): never {
  throw new Error('it has no place');
}

describe('any piece of any document', () => {
  const text = fc.stringMatching(/^[x(#\t \r\n😀]{0,20}$/u);
  const cuts = fc.tuple(fc.nat(40), fc.nat(40)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  const place = fc.record({ row: fc.integer({ min: 1, max: 30 }), column: fc.integer({ min: 1, max: 30 }) });

  it('has every place within itself, its start before its end', () => {
    fc.assert(
      fc.property(text, cuts, fc.option(place), fc.option(place), (documentText, cut, from, to) => {
        const piece = pieceOf(documentText, cut);
        const layout = layOut(piece);
        const found = placeOf(layout, from, to)?.range ?? fail();
        expect(contains(piece.range, found)).toBe(true);
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
        const position = positionOf(layout, { row: line + 1, column: character + 1 }) ?? fail();
        const rest = textIn(documentText, { start: position, end: { line: 999, character: 0 } });
        expect(rest.startsWith(piece.text.slice(offset))).toBe(true);
      }),
    );
  });
});
