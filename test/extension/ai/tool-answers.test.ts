// What a language model hears of its push.

import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { pushAnswer } from '../../../extension/ai/tool-answers.ts';
import { SnippetSchema } from '../../../shared/gen/pybin_pb.js';

const snippet = create(SnippetSchema, { number: 7, address: 'https://pybin.example/~ada/7' });
const problem = { code: 'too_large', detail: 'The text has more than 10 bytes.' } as const;
const secret = {
  what: 'password',
  place: { cell: undefined, line: 3 },
  textLine: 0,
  maskedLine: 'password = "••••••••"',
};

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
    ['that nothing more can wait', { kind: 'queueFull' } as const, /^Not pushed/],
  ])('%s', (_what, outcome, words) => {
    expect(pushAnswer(outcome)).toMatch(words);
  });
});
