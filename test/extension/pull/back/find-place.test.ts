// A text goes back where it came from only where that place is known to be as it was; elsewhere it is a guess.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPlace, type FoundPlace } from '../../../../extension/pull/back/find-place.ts';

const lines = (...texts: string[]): string => texts.join('\n');

const committed = lines(
  'import os', // 1
  '', // 2
  'def total(cart):', // 3
  '    sum = 0', // 4
  '    for item in cart:', // 5
  '        sum += item.price', // 6
  '    return sum', // 7
  '', // 8
  'def main():', // 9
  '    print(total([]))', // 10
  '',
);

/** A new version of lines 3 to 7. */
const better = lines(
  'def total(cart):',
  '    sum = 0',
  '    for item in cart:',
  '        sum += item.price * item.count',
  '    return sum',
  '',
);

interface Row {
  readonly name: string;
  readonly file: string;
  readonly text?: string;
  readonly at?: readonly [startLine: number, endLine: number];
  readonly committed?: string | undefined;
  readonly expected: FoundPlace['kind'];
  /** What comes of the file; as it is, unless given. */
  readonly result?: string;
}

const inserted = committed.replace('import os\n', 'import os\nimport sys\nimport re\n');
const withBetter = (file: string): string => file.replace('item.price\n', 'item.price * item.count\n');

const rows: Row[] = [
  {
    name: 'the place is as the commit had it',
    file: committed,
    expected: 'certain',
    result: withBetter(committed),
  },
  {
    name: 'the place moved, and is there once',
    file: inserted,
    expected: 'certain',
    result: withBetter(inserted),
  },
  {
    name: 'it stands there already',
    file: withBetter(committed),
    expected: 'unchanged',
  },
  {
    name: 'it stands there already, further down',
    file: withBetter(inserted),
    expected: 'unchanged',
  },
  {
    name: 'the place was edited meanwhile',
    file: committed.replace('sum = 0', 'sum = 0.0'),
    expected: 'guess',
    result: withBetter(committed),
  },
  {
    name: 'the place is there twice, and neither is where it was',
    file: lines('x = 1', committed, committed),
    expected: 'guess',
  },
  {
    name: 'the commit can’t be had',
    file: committed,
    committed: undefined,
    expected: 'guess',
    result: withBetter(committed),
  },
  {
    name: 'the file was edited above before the push: its lines are some off in the commit',
    file: committed,
    at: [5, 9],
    expected: 'guess',
    result: withBetter(committed),
  },
  {
    name: 'the commit’s file is shorter than that',
    file: committed,
    at: [30, 34],
    expected: 'guess',
    result: withBetter(committed),
  },
  {
    name: 'nothing tells where, neither lines nor the text’s ends',
    file: 'y = 2\n',
    at: [0, 0],
    expected: 'nowhere',
  },
  {
    name: 'one line that differs is too little to be certain',
    file: committed,
    text: 'import os, sys\n',
    at: [1, 1],
    expected: 'guess',
    result: committed.replace('import os', 'import os, sys'),
  },
  {
    name: 'a whole file with its last line end',
    file: committed,
    text: withBetter(committed),
    at: [1, 11],
    expected: 'certain',
    result: withBetter(committed),
  },
  {
    name: 'a whole file, counted without the rest after its last line end',
    file: committed,
    text: withBetter(committed),
    at: [1, 10],
    expected: 'certain',
    result: withBetter(committed),
  },
  {
    name: 'a body that was selected without its first indentation',
    file: committed,
    text: lines('sum = 0.0', '    for item in cart:', '        sum += item.price', '    return sum'),
    at: [4, 7],
    expected: 'certain',
    result: committed.replace('sum = 0', 'sum = 0.0'),
  },
  {
    name: 'a text that was put straight while it was on its way',
    file: committed,
    text: lines('sum = 0.0', 'for item in cart:', '    sum += item.price', 'return sum'),
    at: [4, 7],
    expected: 'certain',
    result: committed.replace('sum = 0', 'sum = 0.0'),
  },
  {
    name: 'a text of Windows goes into a file of Unix',
    file: committed,
    text: better.replaceAll('\n', '\r\n'),
    expected: 'certain',
    result: withBetter(committed),
  },
  {
    name: 'what was selected in two places would take away what is between',
    file: committed,
    text: lines('def total(cart):', '    sum = 0', 'def main():', '    print(total([]))', ''),
    at: [3, 10],
    expected: 'guess',
  },
  {
    name: 'a line was taken out: that, too, is looked at',
    file: committed,
    text: better.replace('    sum = 0\n', ''),
    expected: 'guess',
  },
  {
    name: 'lines were added between',
    file: committed,
    text: better.replace('    sum = 0\n', '    sum = 0\n    count = 0\n    seen = set()\n'),
    expected: 'certain',
    result: withBetter(committed).replace('    sum = 0\n', '    sum = 0\n    count = 0\n    seen = set()\n'),
  },
  {
    name: 'a file that is empty now',
    file: '',
    expected: 'nowhere',
  },
];

function find(row: Row): FoundPlace {
  const [startLine, endLine] = row.at ?? [3, 7];
  const snippet = { text: row.text ?? better, language: 'python', startLine, endLine };
  return findPlace(row.file, snippet, 'committed' in row ? row.committed : committed, '\n');
}

function resultOf(file: string, place: FoundPlace): string {
  if (place.kind !== 'certain' && place.kind !== 'guess') return file;
  const { newText, lines: at } = place.replacement;
  return file
    .split('\n')
    .toSpliced(at.start, at.end - at.start, newText)
    .join('\n');
}

describe('the place that a text came from', () => {
  it.each(rows)('$expected: $name', (row) => {
    const place = find(row);
    expect(place.kind).toBe(row.expected);
    if (row.result !== undefined) expect(resultOf(row.file, place)).toBe(row.result);
  });

  it('keeps the line ends of Windows', () => {
    const file = committed.replaceAll('\n', '\r\n');
    const snippet = { text: better, language: 'python', startLine: 3, endLine: 7 };
    const place = findPlace(file, snippet, committed, '\r\n');
    expect(place.kind === 'certain' && place.replacement.newText).toBe(
      better.trimEnd().replaceAll('\n', '\r\n'),
    );
  });
});

const statement = fc.constantFrom(
  'a = 1',
  'b()',
  'if c:\n    d()',
  'def e():\n    return 1',
  '',
  '# f',
  'g = h + 1',
);
const program = fc.array(statement, { minLength: 1, maxLength: 20 }).map((parts) => parts.join('\n'));

describe('the place of any text in any file', () => {
  it('is where it was, where nothing changed', () => {
    fc.assert(
      fc.property(program, fc.nat(), fc.nat(), (file, one, other) => {
        const all = file.split('\n');
        const [start, last] = [one % all.length, other % all.length].toSorted((a, b) => a - b);
        if (start === undefined || last === undefined) return;
        const text = all.slice(start, last + 1).join('\n');
        const snippet = { text, language: 'python', startLine: start + 1, endLine: last + 1 };
        const place = findPlace(file, snippet, file, '\n');
        expect(resultOf(file, place)).toBe(file);
      }),
    );
  });

  it('touches nothing but its lines, and is found again once the text is there', () => {
    fc.assert(
      fc.property(program, program, fc.nat({ max: 30 }), fc.nat({ max: 10 }), (file, text, start, more) => {
        const snippet = { text, language: 'python', startLine: start, endLine: start + more };
        const place = findPlace(file, snippet, file, '\n');
        if (place.kind !== 'certain' && place.kind !== 'guess') return;
        const { lines: at, newText } = place.replacement;
        const all = file.split('\n');
        expect(at.start).toBeGreaterThanOrEqual(0);
        expect(at.end).toBeGreaterThan(at.start);
        expect(at.end).toBeLessThanOrEqual(all.length);
        const after = resultOf(file, place);
        const landed = {
          ...snippet,
          startLine: at.start + 1,
          endLine: at.start + newText.split('\n').length,
        };
        expect(resultOf(after, findPlace(after, landed, undefined, '\n'))).toBe(after);
      }),
    );
  });
});
