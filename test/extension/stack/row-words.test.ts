// What a row of the stack says, to the eye and to a screen reader.

import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { rowWords } from '../../../extension/stack/row-words.ts';
import type { SnippetFacts } from '../../../extension/stack/snippet-facts.ts';
import { OriginSchema } from '../../../shared/gen/pybin_pb.js';
import { translate } from '../translate.ts';
import { DAY, facts, HOUR, MINUTE, now } from './facts.ts';

interface Row {
  readonly name: string;
  readonly details: Partial<SnippetFacts>;
  readonly device?: string;
  readonly label: string;
  readonly description: string;
  readonly spoken: string;
}

const rows: Row[] = [
  {
    name: 'one without a description: its first line',
    details: { firstLine: 'def total(prices):' },
    label: 'def total(prices):',
    description: '#12 · 3 min · public · 1 h left',
    spoken: 'number 12, def total(prices):, python, pushed 3 minutes ago, public, 1 hour left, never read',
  },
  {
    name: 'one with all that there is',
    details: {
      description: 'the shop’s\n  total',
      firstLine: 'def total(prices):',
      alias: 'total',
      visibility: 'unlisted',
      createdAtMs: now - 2 * DAY,
      expiresAtMs: now + 30 * DAY,
      readCount: 7,
    },
    device: 'VS Code on laptop',
    label: 'the shop’s total',
    description: '#12 · total · 2 d · unlisted · 30 d left · VS Code on laptop · 7 reads',
    spoken:
      'number 12, the shop’s total, alias total, python, pushed 2 days ago from VS Code on laptop, unlisted, 30 days left, 7 reads',
  },
  {
    name: 'one from a file: its name, which tells more than most first lines',
    details: { firstLine: 'import os', origin: create(OriginSchema, { fileName: 'shop.py' }) },
    label: 'import os',
    description: '#12 · shop.py · 3 min · public · 1 h left',
    spoken: 'number 12, import os, shop.py, pushed 3 minutes ago, public, 1 hour left, never read',
  },
  {
    name: 'a whole notebook: its file',
    details: {
      firstLine: '{"cells":[',
      language: 'json',
      origin: create(OriginSchema, { fileName: 'circle.ipynb' }),
    },
    label: 'circle.ipynb',
    description: '#12 · 3 min · public · 1 h left',
    spoken: 'number 12, circle.ipynb, json, pushed 3 minutes ago, public, 1 hour left, never read',
  },
  {
    name: 'one of nothing but blanks, in no language',
    details: { language: '', visibility: 'private', expiresAtMs: now + MINUTE - 1 },
    label: '(blank)',
    description: '#12 · 3 min · private · <1 min left',
    spoken: 'number 12, (blank), pushed 3 minutes ago, private, less than a minute left, never read',
  },
  {
    name: 'one that burns: after how many reads, not who may read it',
    details: { firstLine: 'secret', visibility: 'unlisted', readsLeft: 1 },
    label: 'secret',
    description: '#12 · 3 min · gone after 1 read · 1 h left',
    spoken: 'number 12, secret, python, pushed 3 minutes ago, gone after 1 read, 1 hour left, never read',
  },
  {
    name: 'one that burns after some reads, read once',
    details: { firstLine: 'x', readsLeft: 3, readCount: 1, expiresAtMs: now + 12 * HOUR },
    label: 'x',
    description: '#12 · 3 min · gone after 3 reads · 12 h left · read once',
    spoken: 'number 12, x, python, pushed 3 minutes ago, gone after 3 reads, 12 hours left, read once',
  },
  {
    name: 'one with a visibility that only a newer contract knows: nothing is claimed',
    details: { firstLine: 'x', visibility: undefined },
    label: 'x',
    description: '#12 · 3 min · 1 h left',
    spoken: 'number 12, x, python, pushed 3 minutes ago, 1 hour left, never read',
  },
  {
    name: 'one with a long description: cut to the eye, whole to the ear',
    details: { description: `a ${'very '.repeat(20)}long one` },
    label: `a ${'very '.repeat(9)}ve…`,
    description: '#12 · 3 min · public · 1 h left',
    spoken: `number 12, a ${'very '.repeat(20)}long one, python, pushed 3 minutes ago, public, 1 hour left, never read`,
  },
  {
    name: 'a text from right to left, which leaves the rest where it is',
    details: { firstLine: 'שלום = 1', origin: create(OriginSchema, { fileName: 'مرحبا.py' }) },
    label: '\u2068שלום = 1\u2069',
    description: '#12 · \u2068مرحبا.py\u2069 · 3 min · public · 1 h left',
    spoken: 'number 12, שלום = 1, مرحبا.py, pushed 3 minutes ago, public, 1 hour left, never read',
  },
  {
    name: 'a shell’s text, which has no icon in it',
    details: { firstLine: 'echo $(date)', language: 'shellscript' },
    label: 'echo $\u200B(date)',
    description: '#12 · 3 min · public · 1 h left',
    spoken:
      'number 12, echo $\u200B(date), shellscript, pushed 3 minutes ago, public, 1 hour left, never read',
  },
];

describe('a row', () => {
  it.each(rows)('of $name', ({ details, device, label, description, spoken }) => {
    expect(rowWords(facts(12, details), device ?? '', now, translate)).toEqual({
      label,
      description,
      spoken,
    });
  });
});
