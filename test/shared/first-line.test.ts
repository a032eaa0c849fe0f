// What of a text is shown in one line.

import { describe, expect, it } from 'vitest';
import { firstLineOf } from '../../shared/first-line.ts';

describe('a first line', () => {
  it.each([
    ['', ''],
    ['\n\n  \n', ''],
    ['\r\n    def f():\r\n', 'def f():'],
    ['x = 1', 'x = 1'],
    ['a'.repeat(80), 'a'.repeat(80)],
    ['a'.repeat(81), `${'a'.repeat(79)}…`],
    [`${'a'.repeat(78)}😀😀😀`, `${'a'.repeat(78)}…`],
  ])('of %j is %j', (text, expected) => {
    expect(firstLineOf(text)).toBe(expected);
  });
});
