// What each tool's codes mean, and whose word counts.

import { describe, expect, it } from 'vitest';
import { classify, namesAreAnswered, readEditorFindings } from '../../../shared/lint/classes.ts';
import type { FindingClass, RawCode, RawFinding } from '../../../shared/lint/finding.ts';
import { type ToolId, tools } from '../../../shared/lint/tools.ts';

type Row = [source: string | undefined, code: RawCode, severity: RawFinding['severity'], FindingClass];

const range = { start: { line: 1, character: 2 }, end: { line: 1, character: 5 } };
const raw = (fields: Partial<RawFinding>): RawFinding => ({
  source: 'Ruff',
  code: 'F821',
  message: 'Undefined name `np`',
  severity: 'error',
  range,
  ...fields,
});

describe('a diagnostic’s class', () => {
  it.each<Row>([
    ['Ruff', 'invalid-syntax', 'error', 'syntax'],
    ['Ruff', undefined, 'error', 'syntax'],
    ['Ruff', 'E999', 'error', 'syntax'],
    ['Ruff', 'F706', 'warning', 'syntax'],
    ['Ruff', 'return-outside-function', 'warning', 'syntax'],
    ['Ruff', { value: 'F821' }, 'error', 'undefined-name'],
    ['Ruff', 'undefined-name', 'error', 'undefined-name'],
    ['Ruff', 'undefined-export', 'warning', 'undefined-name'],
    ['Ruff', 'F507', 'warning', 'error'],
    ['Ruff', 'percent-format-positional-count-mismatch', 'warning', 'error'],
    ['Ruff', 'F401', 'warning', 'style'],
    ['Ruff', 'unused-import', 'error', 'style'],
    ['Ruff', 'E501', 'warning', 'style'],
    ['Ruff', 'E501', 'error', 'error'],
    ['Pylance', undefined, 'error', 'syntax'],
    ['Pylance', undefined, 'hint', 'style'],
    ['Pylance', 'reportUndefinedVariable', 'warning', 'undefined-name'],
    ['Pylance', { value: 'reportMissingModuleSource' }, 'warning', 'missing-import'],
    ['Pyright', null, 'error', 'syntax'],
    ['Pyright', 'reportMissingImports', 'error', 'missing-import'],
    ['Pyright', 'reportAttributeAccessIssue', 'error', 'error'],
    ['Pyright', 'reportPossiblyUnbound', 'warning', 'style'],
    ['Pyright', 'reportUnusedImport', 'error', 'style'],
    ['basedpyright', 'reportUndefinedVariable', 'error', 'undefined-name'],
    ['ty', 'invalid-syntax', 'error', 'syntax'],
    ['ty', 'unresolved-reference', 'error', 'undefined-name'],
    ['ty', 'unresolved-import', 'error', 'missing-import'],
    ['ty', 'possibly-unresolved-reference', 'warning', 'style'],
    ['Pyrefly', 'parse-error', 'error', 'syntax'],
    ['Pyrefly', 'unknown-name', 'error', 'undefined-name'],
    ['Pyrefly', 'missing-import', 'error', 'missing-import'],
    ['Pylint', 'E0001:syntax-error', 'error', 'syntax'],
    ['Pylint', 'E0602:undefined-variable', 'error', 'undefined-name'],
    ['Pylint', 'undefined-variable', 'error', 'undefined-name'],
    ['Pylint', 'E0401:import-error', 'error', 'missing-import'],
    ['Pylint', 'E1101:no-member', 'error', 'error'],
    ['Pylint', 'C0301:line-too-long', 'error', 'style'],
    ['Pylint', 'W0611:unused-import', 'warning', 'style'],
    ['Flake8', 'E999', 'error', 'syntax'],
    ['Flake8', 'E902', 'error', 'syntax'],
    ['Flake8', 'F821', 'error', 'undefined-name'],
    ['Flake8', 'F401', 'error', 'style'],
    ['Flake8', 'E501', 'error', 'style'],
    ['Flake8', 'W291', 'error', 'style'],
    ['Flake8', 'F507', 'error', 'error'],
    ['Mypy', 'syntax', 'error', 'syntax'],
    ['Mypy', 'name-defined', 'error', 'undefined-name'],
    ['Mypy', 'import-not-found', 'error', 'missing-import'],
    ['Mypy', 'arg-type', 'error', 'error'],
    ['Mypy', undefined, 'note', 'style'],
    ['isort', 'E', 'error', 'style'],
    ['RUFF', 'F821', 'error', 'undefined-name'],
    ['SonarQube', 'python:S1', 'error', 'error'],
    ['SonarQube', 7, 'warning', 'style'],
    [undefined, 2304, 'error', 'error'],
    [undefined, undefined, 'warning', 'style'],
  ])('%s %j as %s is %s', (source, code, severity, expected) => {
    expect(classify({ source, code, severity })).toBe(expected);
  });
});

describe('the table of tools', () => {
  it('names each source and each extension once', () => {
    for (const names of [tools.flatMap((tool) => tool.sources), tools.flatMap((tool) => tool.extensions)])
      expect(new Set(names).size).toBe(names.length);
  });
});

describe('the editor’s findings', () => {
  it('have their code as text and their place as it was', () => {
    expect(readEditorFindings([raw({ code: { value: 821 } })], false)).toEqual([
      {
        tool: 'Ruff',
        code: '821',
        message: 'Undefined name `np`',
        class: 'error',
        severity: 'error',
        range,
        origin: 'editor',
        fix: 'maybe',
      },
    ]);
  });

  it('stand at the beginning of the document where they have no place', () => {
    const start = { line: 0, character: 0 };
    expect(readEditorFindings([raw({ range: null })], false)[0]?.range).toEqual({ start, end: start });
  });

  it('are no more than warnings where they are style', () => {
    const [finding] = readEditorFindings([raw({ source: 'Flake8', code: 'E501' })], false);
    expect(finding).toMatchObject({ class: 'style', severity: 'warning' });
  });

  it.each([
    ['Ruff', 'F821', 'none'],
    ['Ruff', 'invalid-syntax', 'none'],
    ['Ruff', 'F502', 'maybe'],
    ['Pylance', 'reportUnusedImport', 'maybe'],
    ['Pyright', 'reportCallIssue', 'none'],
    ['Flake8', 'F401', 'none'],
    ['a tool that is not in the table', 'no-undef', 'maybe'],
  ])('of %s, %s: of its fix is known "%s"', (source, code, fix) => {
    expect(readEditorFindings([raw({ source, code })], false)).toMatchObject([{ fix }]);
  });

  it('never include pybin’s own, nor hints, nor one twice', () => {
    const raws = [raw({ source: 'pybin' }), raw({ severity: 'hint' }), raw({}), raw({})];
    expect(readEditorFindings(raws, false)).toHaveLength(1);
  });

  it.each([
    ['Pylint', 'E0602:undefined-variable'],
    ['Flake8', 'F821'],
    ['Mypy', 'name-defined'],
  ])('of %s count while the document is saved, and not while it is dirty', (source, code) => {
    const raws = [raw({ source, code })];
    expect(readEditorFindings(raws, false)).toHaveLength(1);
    expect(readEditorFindings(raws, true)).toHaveLength(0);
  });

  it('of a tool that runs on type count in a dirty document', () => {
    expect(readEditorFindings([raw({})], true)).toHaveLength(1);
  });
});

describe('undefined names have been looked for', () => {
  it.each<[string, Partial<RawFinding>[], ToolId[], boolean, boolean]>([
    ['where Ruff is active', [], ['ruff'], true, true],
    [
      'where Pylance said anything at all',
      [{ source: 'Pylance', code: 'reportMissingImports' }],
      [],
      true,
      true,
    ],
    ['not where nobody is there', [], [], false, false],
    ['not where an unknown tool spoke', [{ source: 'cSpell' }], [], false, false],
    ['not by Mypy, which skips what has no annotations', [{ source: 'Mypy' }], ['mypy'], false, false],
    ['not by Pyrefly, which is silent without a configuration', [], ['pyrefly'], false, false],
    ['by Pylint in a saved document', [], ['pylint'], false, true],
    ['not by Pylint in a dirty document', [{ source: 'Pylint' }], ['pylint'], true, false],
    ['not by pybin', [{ source: 'pybin' }], [], false, false],
  ])('%s', (_name, raws, active, isDirty, expected) => {
    expect(namesAreAnswered(raws.map(raw), new Set(active), isDirty)).toBe(expected);
  });
});
