// Ruff's answers are read whole or not at all; fixes that can't be read whole are left alone.

import { describe, expect, it } from 'vitest';
import { readRuffDiagnostics, readRuffReport } from '../../../shared/lint/ruff.ts';

const place = { row: 1, column: 7 };
const raw = {
  code: 'F821',
  message: 'Undefined name `np`',
  start_location: place,
  end_location: place,
  fix: null,
};
const read = {
  code: 'F821',
  message: 'Undefined name `np`',
  start: place,
  end: place,
  edits: [],
  cell: null,
};

describe('an answer', () => {
  it('is read', () => {
    expect(readRuffDiagnostics([{ ...raw, tags: ['unnecessary'], annotations: [] }])).toEqual([read]);
  });

  it.each([
    ['without a code', { ...raw, code: null }, { ...read, code: null }],
    [
      'without a place',
      { ...raw, start_location: null, end_location: null },
      { ...read, start: null, end: null },
    ],
    [
      'with a fix that removes',
      { ...raw, fix: { message: null, edits: [{ content: null, location: place, end_location: place }] } },
      { ...read, edits: [{ start: place, end: place, content: '' }] },
    ],
    [
      'with a fix of which a part has no place',
      {
        ...raw,
        fix: {
          message: null,
          edits: [
            { content: 'x', location: place, end_location: place },
            { content: 'y', location: null, end_location: place },
          ],
        },
      },
      read,
    ],
  ])('%s is read', (_name, diagnostic, expected) => {
    expect(readRuffDiagnostics([diagnostic])).toEqual([expected]);
  });

  it.each([
    ['that is no list', { diagnostics: [] }],
    ['that is nothing', undefined],
    ['with a diagnostic that has no message', [raw, { ...raw, message: undefined }]],
    ['with a code of another kind', [{ ...raw, code: 821 }]],
    ['with a diagnostic that is text', ['Undefined name']],
  ])('%s is none', (_name, answer) => {
    expect(readRuffDiagnostics(answer)).toBeUndefined();
  });
});

describe('a report of `ruff check`', () => {
  // As Ruff 0.16.9 wrote it.
  const reported = {
    cell: null,
    code: 'F821',
    end_location: { column: 16, row: 2 },
    filename: '/home/ada/area.py',
    fix: null,
    location: { column: 12, row: 2 },
    message: 'Undefined name `nmae`',
    name: 'undefined-name',
    noqa_row: 2,
    severity: 'error',
    url: 'https://docs.astral.sh/ruff/rules/undefined-name',
  };
  const text = 'x = 1\n"😀"; print(nmae)\n';
  const report = (fields: Record<string, unknown> = {}): string =>
    JSON.stringify([{ ...reported, ...fields }]);

  it('has columns in UTF-16 units, not in code points', () => {
    expect(readRuffReport(report(), [text])).toEqual([
      {
        code: 'F821',
        message: 'Undefined name `nmae`',
        start: { row: 2, column: 13 },
        end: { row: 2, column: 17 },
        edits: [],
        cell: null,
      },
    ]);
  });

  it.each([
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['CR', text.replaceAll('\n', '\r')],
  ])('finds its lines with %s', (_name, other) => {
    expect(readRuffReport(report(), [other])).toMatchObject([{ start: { row: 2, column: 13 } }]);
  });

  it('counts on behind a line’s end and behind the last line', () => {
    const end = report({ location: { row: 3, column: 1 }, end_location: { row: 9, column: 4 } });
    expect(readRuffReport(end, [text])).toMatchObject([
      { start: { row: 3, column: 1 }, end: { row: 9, column: 4 } },
    ]);
  });

  it('knows the cell of a notebook', () => {
    expect(readRuffReport(report({ cell: 2 }), ['pass', text])).toMatchObject([
      { cell: 2, start: { row: 2, column: 13 } },
    ]);
  });

  it('may have no places', () => {
    expect(
      readRuffReport(report({ location: null, end_location: null, filename: null }), [text]),
    ).toMatchObject([{ start: null, end: null }]);
  });

  it.each([
    ['safe', 1],
    ['unsafe', 0],
    ['display', 0],
  ])('with a fix that is %s has %i edits', (applicability, edits) => {
    const edit = { content: 'x', location: { row: 2, column: 12 }, end_location: { row: 2, column: 16 } };
    const [found] =
      readRuffReport(report({ fix: { applicability, edits: [edit], message: '' } }), [text]) ?? [];
    expect(found?.edits).toHaveLength(edits);
    if (edits > 0) expect(found?.edits[0]?.start).toEqual({ row: 2, column: 13 });
  });

  it.each(['', '[', '{}', 'warning: no such rule', 'null'])('that reads %j is none', (json) => {
    expect(readRuffReport(json, [text])).toBeUndefined();
  });
});
