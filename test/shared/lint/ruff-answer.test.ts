// Ruff's answers are read whole or not at all; fixes that can't be read whole are left alone.

import { describe, expect, it } from 'vitest';
import { readRuffDiagnostics } from '../../../shared/lint/ruff.ts';

const place = { row: 1, column: 7 };
const raw = {
  code: 'F821',
  message: 'Undefined name `np`',
  start_location: place,
  end_location: place,
  fix: null,
};
const read = { code: 'F821', message: 'Undefined name `np`', start: place, end: place, edits: [] };

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
