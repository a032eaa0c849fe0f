// What a language model hears of its push.

import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { pushAnswer } from '../../../extension/ai/tool-answers.ts';
import type { Why } from '../../../extension/queue/deliver.ts';
import { SnippetSchema } from '../../../shared/gen/pybin_pb.js';
import { plainDetails } from '../../../shared/snippet.ts';

const snippet = create(SnippetSchema, { number: 7, address: 'https://pybin.example/~ada/7' });
const problem = { code: 'too_large', detail: 'The text has more than 10 bytes.' } as const;
const secret = {
  what: 'password',
  place: { cell: undefined, line: 3 },
  textLine: 0,
  maskedLine: 'password = "••••••••"',
};

const draft = { ...plainDetails, text: 'x = 1\n', requestId: 'an-id' };

function queued(why: Why) {
  return { kind: 'queued', draft, why, kept: 'disk' } as const;
}

describe('a language model hears', () => {
  it.each([
    ['where it can be read', { kind: 'pushed', snippet } as const, /~ada\/7$/],
    ['why it was refused', { kind: 'refused', problem } as const, /^Not pushed: .*10 bytes/],
    [
      'of a secret, by its line and not by its text',
      { kind: 'secretKept', secrets: [secret] } as const,
      /^Line 3: password$/m,
    ],
    ['that there was nothing', { kind: 'nothing' } as const, /^Not pushed/],
    ['that it was given up', { kind: 'canceled' } as const, /^Not pushed/],
    ['that it changed', { kind: 'moving' } as const, /^Not pushed/],
    [
      'that it waits for the edge',
      queued({ code: 'unavailable', detail: 'No answer.' }),
      /^Kept .* No answer\. Don’t push it again\.$/,
    ],
    ['that it waits for somebody', queued('signedOut'), /^Kept .*“pybin: Sign In”/],
    [
      'that it waits for a choice among accounts',
      queued('accountUnchosen'),
      /^Kept .*“pybin: Switch Account”/,
    ],
    ['that it waits for its author’s word', queued('unchosen'), /^Kept .*who may read it/],
    ['that nothing more can wait', { kind: 'queueFull' } as const, /^Not pushed/],
  ])('%s', (_what, outcome, words) => {
    expect(pushAnswer(outcome)).toMatch(words);
  });
});
