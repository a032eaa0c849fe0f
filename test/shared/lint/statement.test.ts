// The lines around some lines that may be whole statements, the smallest first.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statementsAround } from '../../../shared/lint/statement.ts';

const text = `import os


@decorated
@twice
def f(x):
    # why

    if x:
        return 1
    elif y:
        return 2
    else:
        z = [
            1,
        ]
    return z


w = 1`;
const lines = text.split('\n');
const lineOf = (part: string): number => lines.findIndex((line) => line.includes(part));

describe('the statements around', () => {
  it.each([
    ['`else:`', 'else:', 'else:', ['else:', '        ]']],
    ['`else:`, wider', 'else:', 'else:', ['elif y:', '        ]']],
    ['`else:`, at last', 'else:', 'else:', ['if x:', '        ]']],
    ['the inside of brackets', '            1,', '            1,', ['z = [', '        ]']],
    ['the first line of a function', 'def f', 'def f', ['@decorated', 'return z']],
    ['its last line', 'return z', 'return z', ['@decorated', 'return z']],
    ['a decorator', '@twice', '@twice', ['@decorated', 'return z']],
  ])('%s are among those found', (_name, first, last, [from, to]) => {
    const found = statementsAround(lines, { from: lineOf(first), to: lineOf(last) + 1 }, 40);
    expect(found).toContainEqual({ from: lineOf(from ?? ''), to: lineOf(to ?? '') + 1 });
  });

  it('end with all of the text', () => {
    expect(statementsAround(lines, { from: 7, to: 8 }, 2).at(-1)).toEqual({ from: 0, to: lines.length });
  });

  it('hold what they are around, each what the one before holds, and are no more than asked for', () => {
    const line = fc.constantFrom('a', '  b', '    c', '', '# d', '  else:', '  )', '@e');
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), fc.nat(19), fc.nat(5), (any, at, more) => {
        const from = Math.min(at, any.length - 1);
        const to = Math.min(from + 1 + more, any.length);
        const found = statementsAround(any, { from, to }, 5);
        expect(found.length).toBeLessThanOrEqual(6);
        let inner = { from, to };
        for (const outer of found) {
          expect(outer.from).toBeLessThanOrEqual(inner.from);
          expect(outer.to).toBeGreaterThanOrEqual(inner.to);
          inner = outer;
        }
      }),
    );
  });
});
