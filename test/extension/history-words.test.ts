// A row of the history says what the record is and which one, in one line each.

import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { describe, expect, it } from 'vitest';
import { entryWords } from '../../extension/history/entry-words.ts';
import { HistoryEntrySchema } from '../../shared/gen/pybin_pb.js';
import { translate } from './translate.ts';

const DAY = 86_400_000;
const now = Date.UTC(2026, 10, 20, 12);

function words(fields: MessageInitShape<typeof HistoryEntrySchema>) {
  const entry = create(HistoryEntrySchema, {
    number: 12,
    firstLine: 'import os',
    language: 'python',
    sizeBytes: 1229,
    createTime: timestampFromMs(now - 3 * DAY),
    ...fields,
  });
  return entryWords(entry, now, translate);
}

describe('a row of the history', () => {
  it.each([
    ['its first line', {}, 'import os', ''],
    ['its description, and beside it its first line', { description: 'the shop' }, 'the shop', 'import os'],
    ['that it is blank', { firstLine: '' }, '(blank)', ''],
    ['a description of several lines in one', { description: ' a\r\n\tb\n' }, 'a b', 'import os'],
    [
      'a shell’s command, not an icon',
      { firstLine: 'rm $(sync) $(bell)' },
      'rm $\u200B(sync) $\u200B(bell)',
      '',
    ],
    ['that it is lost', { lost: true }, '$(warning) import os', ''],
  ])('says %s', (_, fields, label, description) => {
    expect(words(fields)).toMatchObject({ label, description });
  });

  it.each([
    ['a file', { origin: { fileName: 'shop.py' } }, '#12 · shop.py · 3 d · 1.2 KB'],
    ['a text that was in no file', {}, '#12 · python · 3 d · 1.2 KB'],
    ['a text in no language either', { language: '' }, '#12 · 3 d · 1.2 KB'],
    ['what is lost', { lost: true }, '#12 · python · 3 d · 1.2 KB · lost'],
    ['a file named like an icon', { origin: { fileName: '$(x).py' } }, '#12 · $\u200B(x).py · 3 d · 1.2 KB'],
  ])('tells which one it is, of %s', (_, fields, detail) => {
    expect(words(fields).detail).toBe(detail);
  });
});
