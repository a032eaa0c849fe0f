// How a finding is named and kept.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeText, type Finding, getNamedName, keepFinding } from '../../../shared/lint/finding.ts';
import { checkDetails, plainDetails } from '../../../shared/snippet.ts';

const finding = (fields: Partial<Finding>): Finding => ({
  tool: 'Ruff',
  code: 'F821',
  message: 'Undefined name `np`',
  class: 'undefined-name',
  severity: 'error',
  range: { start: { line: 12, character: 8 }, end: { line: 12, character: 10 } },
  origin: 'editor',
  fix: 'none',
  ...fields,
});

describe('a code', () => {
  it.each([
    ['F821', 'F821'],
    [2304, '2304'],
    [{ value: 'reportMissingImports' }, 'reportMissingImports'],
    [{ value: 7 }, '7'],
    [undefined, ''],
    [null, ''],
  ])('%j is %j', (code, expected) => {
    expect(codeText(code)).toBe(expected);
  });
});

describe('the name in a message', () => {
  it.each([
    ['Undefined name `np`', 'np'],
    ['Undefined name `zz` in `__all__`', 'zz'],
    ['"np" is not defined', 'np'],
    ["undefined name 'np'", 'np'],
    ["Undefined variable 'np'", 'np'],
    ['Name "np" is not defined', 'np'],
    ['Name `np` used when not defined', 'np'],
    ['Could not find name `größe`', 'größe'],
    ['np is not defined', undefined],
  ])('%s', (message, expected) => {
    expect(getNamedName(finding({ message }))).toBe(expected);
  });
});

describe('a kept finding', () => {
  it.each([
    ['counts lines and columns of the snippet from 1', { line: 10, character: 4 }, 3, 9],
    ['counts columns of the first line from where the snippet begins', { line: 12, character: 4 }, 1, 5],
    ['stands at the beginning where it began before the snippet', { line: 12, character: 9 }, 1, 1],
    ['stands at the beginning where it began lines before', { line: 20, character: 0 }, 1, 1],
  ])('%s', (_name, snippetStart, line, column) => {
    expect(keepFinding(finding({}), snippetStart, 0)).toEqual({
      tool: 'Ruff',
      code: 'F821',
      message: 'Undefined name `np`',
      line,
      column,
    });
  });

  it('counts the lines of the parts before its own', () => {
    expect(keepFinding(finding({}), { line: 12, character: 4 }, 40)).toMatchObject({ line: 41, column: 5 });
  });

  it('is one that a draft may hold, whatever its tool wrote', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 3000 });
    fc.assert(
      fc.property(anyText, anyText, anyText, (tool, code, message) => {
        const kept = keepFinding(finding({ tool, code, message }), { line: 0, character: 0 }, 0);
        expect(checkDetails({ ...plainDetails, findings: [kept] }).ok).toBe(true);
        expect([kept.tool, kept.code, kept.message].every((text) => text.isWellFormed())).toBe(true);
      }),
    );
  });

  it('loses no half of a pair where its message is cut', () => {
    const { message } = keepFinding(
      finding({ message: `${'x'.repeat(999)}😀` }),
      { line: 0, character: 0 },
      0,
    );
    expect(message.isWellFormed()).toBe(true);
    expect(message).toHaveLength(1000);
  });
});
