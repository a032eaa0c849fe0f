// Which findings belong to a selection, and where a text ends in its document.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clampPosition,
  comparePositions,
  contains,
  endOfText,
  mergeRanges,
  textIn,
  type TextRange,
  touches,
} from '../../../shared/lint/range.ts';

const at = (line: number, character: number) => ({ line, character });
const range = (a: number, b: number, c: number, d: number): TextRange => ({ start: at(a, b), end: at(c, d) });

const position = fc.record({ line: fc.nat(5), character: fc.nat(5) });
const anyRange = fc.tuple(position, position).map(([a, b]) => {
  const [start, end] = comparePositions(a, b) <= 0 ? [a, b] : [b, a];
  return { start, end };
});

describe('a finding touches lines 2 and 3', () => {
  const selection = range(2, 0, 4, 0);

  it.each<[string, TextRange, boolean]>([
    ['inside of them', range(2, 4, 2, 8), true],
    ['around them', range(0, 0, 9, 0), true],
    ['across their beginning', range(1, 5, 2, 1), true],
    ['up to their beginning only', range(1, 0, 2, 0), false],
    ['from their end on only', range(4, 0, 4, 3), false],
    ['empty, inside of them', range(3, 7, 3, 7), true],
    ['empty, at their beginning', range(2, 0, 2, 0), true],
    ['empty, at the beginning of the line after them', range(4, 0, 4, 0), false],
    ['empty, before them', range(1, 9, 1, 9), false],
  ])('%s', (_name, finding, expected) => {
    expect(touches(finding, selection)).toBe(expected);
  });

  it('that is empty and stands where half a line ends', () => {
    expect(touches(range(3, 9, 3, 9), range(2, 0, 3, 9))).toBe(true);
  });

  it('that is empty, of an empty selection at the same place', () => {
    expect(touches(range(3, 0, 3, 0), range(3, 0, 3, 0))).toBe(true);
  });
});

describe('ranges', () => {
  it('touch what they contain, unless it is empty at the line after', () => {
    fc.assert(
      fc.property(anyRange, anyRange, (outer, inner) => {
        fc.pre(contains(outer, inner) && comparePositions(inner.start, inner.end) < 0);
        expect(touches(inner, outer)).toBe(true);
      }),
    );
  });

  it('hold every clamped position, and leave those within as they are', () => {
    fc.assert(
      fc.property(position, anyRange, (point, bounds) => {
        const clamped = clampPosition(point, bounds);
        expect(contains(bounds, { start: clamped, end: clamped })).toBe(true);
        if (contains(bounds, { start: point, end: point })) expect(clamped).toEqual(point);
      }),
    );
  });
});

describe('the end of a text', () => {
  it.each([
    ['empty', '', at(3, 7)],
    ['on its first line', 'ab', at(3, 9)],
    ['after LF', 'ab\nc', at(4, 1)],
    ['after CRLF, which is one line break', 'ab\r\nc', at(4, 1)],
    ['after CR', 'ab\rcde', at(4, 3)],
    ['with a line break last', 'ab\n', at(4, 0)],
    ['in UTF-16 units', '😀', at(3, 9)],
    ['with what editors do not break lines at', 'a\u2028b\fc', at(3, 12)],
  ])('%s', (_name, text, expected) => {
    expect(endOfText(at(3, 7), text)).toEqual(expected);
  });

  it('is where the rest begins: cutting a text by ranges loses nothing', () => {
    const piece = fc.stringMatching(/^[a\r\n😀]{0,8}$/u);
    fc.assert(
      fc.property(piece, piece, piece, (head, middle, tail) => {
        // A CRLF that is cut in two becomes two line breaks.
        fc.pre(!head.endsWith('\r') && !(head + middle).endsWith('\r'));
        const text = head + middle + tail;
        const start = endOfText(at(0, 0), head);
        expect(textIn(text, { start, end: endOfText(start, middle) })).toBe(middle);
      }),
    );
  });
});

describe('ranges are merged', () => {
  it.each<[string, TextRange[], TextRange[]]>([
    ['none', [], []],
    ['apart', [range(0, 0, 1, 0), range(2, 0, 3, 0)], [range(0, 0, 1, 0), range(2, 0, 3, 0)]],
    ['one after the other', [range(0, 0, 1, 0), range(1, 0, 2, 0)], [range(0, 0, 1, 0), range(1, 0, 2, 0)]],
    ['one in another', [range(0, 0, 9, 0), range(2, 0, 3, 0)], [range(0, 0, 9, 0)]],
    [
      'a later one over all before it',
      [range(1, 0, 2, 0), range(3, 0, 4, 0), range(0, 0, 9, 0)],
      [range(0, 0, 9, 0)],
    ],
    ['one over the end of another', [range(0, 0, 3, 0), range(2, 0, 5, 0)], [range(0, 0, 5, 0)]],
  ])('%s', (_, ranges, merged) => {
    expect(mergeRanges(ranges)).toEqual(merged);
  });

  it('cover what they covered, and no place twice', () => {
    fc.assert(
      fc.property(fc.array(anyRange), (ranges) => {
        const merged = mergeRanges(ranges);
        for (const each of ranges) expect(merged.some((one) => contains(one, each))).toBe(true);
        for (const [index, { end }] of merged.slice(0, -1).entries())
          expect(comparePositions(end, merged[index + 1]?.start ?? end)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
