// Before a pop one reads what goes, where its text goes, and what stays.

import { describe, expect, it } from 'vitest';
import { popQuestion } from '../../../extension/pull/pop-words.ts';
import type { SnippetFacts } from '../../../extension/stack/snippet-facts.ts';
import { translate } from '../translate.ts';

const now = Date.UTC(2026, 10, 20, 12);
const snippet: SnippetFacts = {
  id: '55H2amSUVojqwQ7jqxWHnB',
  number: 12,
  revision: 1,
  address: 'https://pybin.example/~ada/12',
  description: '',
  language: 'python',
  origin: undefined,
  visibility: 'public',
  alias: '',
  sizeBytes: 1229,
  createdAtMs: now - 180_000,
  expiresAtMs: now + 1,
  firstLine: 'import os',
  device: '',
  readCount: 0,
  readsLeft: 0,
};
const place = { fileName: 'a.py', cursors: 1, hasSelection: false };

function question(facts: Partial<SnippetFacts>, target: typeof place | undefined = place) {
  const { message, detail, yes } = popQuestion({ ...snippet, ...facts }, target, now, translate);
  return { message, lines: detail.split('\n'), yes };
}

describe('the question of a pop', () => {
  it('names what goes', () => {
    expect(question({})).toMatchObject({ message: 'Pop #12 off your stack?', yes: 'Pop' });
    expect(question({}).lines[0]).toBe('import os · python · 1.2 KB · 3 minutes ago');
    expect(question({ description: 'the shop', language: '' }).lines[0]).toBe(
      'the shop · 1.2 KB · 3 minutes ago',
    );
  });

  it('says where the text goes', () => {
    expect(question({}).lines[1]).toBe('Its text goes into a.py.');
    expect(popQuestion(snippet, undefined, now, translate).detail).toContain(
      'Its text goes into a new editor.',
    );
  });

  it.each([
    ['is archived', {}, 'Its record in your history stays, where your archive is on.'],
    ['is private', { visibility: 'private' }, 'your history has no record of it.'],
    ['burns', { readsLeft: 1 }, 'your history has no record of it.'],
  ] as const)('says what stays of one that %s', (_, facts, expected) => {
    expect(question(facts).lines[2]).toContain(expected);
  });
});
