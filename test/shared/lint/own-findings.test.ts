// What the bundled Ruff finds, as findings and edits of the document.

import { describe, expect, it } from 'vitest';
import { readOwnFindings, readOwnFixes } from '../../../shared/lint/own-findings.ts';
import type { RuffDiagnostic } from '../../../shared/lint/ruff.ts';
import { layOut } from '../../../shared/lint/selection.ts';

const range = { start: { line: 7, character: 0 }, end: { line: 8, character: 0 } };
const layout = layOut({ text: '    x = f"a"\n', range, indent: '' });
const diagnostic = (fields: Partial<RuffDiagnostic>): RuffDiagnostic => ({
  code: 'F541',
  message: 'f-string without any placeholders',
  start: { row: 2, column: 9 },
  end: { row: 2, column: 13 },
  edits: [],
  cell: null,
  ...fields,
});

describe('a finding of the bundled Ruff', () => {
  it('lies in the document', () => {
    expect(readOwnFindings([diagnostic({})], layout)).toEqual([
      {
        piece: 0,
        finding: {
          tool: 'Ruff',
          code: 'F541',
          message: 'f-string without any placeholders',
          class: 'style',
          severity: 'warning',
          range: { start: { line: 7, character: 8 }, end: { line: 7, character: 12 } },
          origin: 'own',
          fix: 'none',
        },
      },
    ]);
  });

  it.each([
    ['invalid-syntax', 'syntax', 'error'],
    [null, 'syntax', 'error'],
    ['F821', 'undefined-name', 'error'],
    ['F507', 'error', 'error'],
    ['F632', 'style', 'warning'],
    ['F722', 'style', 'warning'],
  ])('with the code %s is %s, %s', (code, findingClass, severity) => {
    expect(readOwnFindings([diagnostic({ code })], layout)[0]).toMatchObject({
      finding: { class: findingClass, severity },
    });
  });
});

describe('a fix of the bundled Ruff', () => {
  const edit = { start: { row: 2, column: 9 }, end: { row: 2, column: 13 }, content: '"a"' };

  it('is known of its finding', () => {
    expect(readOwnFindings([diagnostic({ edits: [edit] })], layout)[0]).toMatchObject({
      finding: { fix: 'sure' },
    });
  });

  it('is an edit of the document', () => {
    expect(readOwnFixes([diagnostic({ edits: [edit] })], layout)).toEqual([
      {
        piece: 0,
        edit: {
          range: { start: { line: 7, character: 8 }, end: { line: 7, character: 12 } },
          newText: '"a"',
        },
      },
    ]);
  });

  it('is left alone where one of its edits lies outside of the piece', () => {
    const above = { start: { row: 1, column: 1 }, end: { row: 1, column: 6 }, content: '' };
    expect(readOwnFixes([diagnostic({ edits: [edit, above] })], layout)).toEqual([]);
  });
});
