// What is said of pushes that had waited.

import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { describe, expect, it } from 'vitest';
import type { Why } from '../../../extension/queue/deliver.ts';
import type { Passed } from '../../../extension/queue/pass.ts';
import { passedMessage, queuedMessage } from '../../../extension/queue/queue-words.ts';
import { SnippetSchema } from '../../../shared/gen/pybin_pb.js';
import { translate } from '../translate.ts';
import { Machine } from './windows.ts';

const nowMs = 1_000_000;
const machine = new Machine();
const none: Passed = {
  sent: [],
  refused: [],
  changed: [],
  old: [],
  damaged: [],
  unchosen: [],
  stopped: undefined,
};
const queued = (fileName: string) => machine.pushed('x', { details: { fileName } });
const sent = (fileName: string, expiresAtMs: number) => ({
  queued: queued(fileName),
  snippet: create(SnippetSchema, { expireTime: timestampFromMs(expiresAtMs) }),
});

describe('a push that comes to wait', () => {
  it.each<[string, Why, string]>([
    ['while nobody is signed in', 'signedOut', 'a.py waits to be pushed: sign in, and it goes.'],
    [
      'while nobody is chosen of those signed in',
      'accountUnchosen',
      'a.py waits to be pushed: choose whose stack is used, and it goes.',
    ],
    [
      'before it was said who may read it',
      'unchosen',
      'a.py waits to be pushed: say first who may read what you push.',
    ],
  ])('%s says what makes it go', (_what, why, message) => {
    expect(queuedMessage(queued('a.py').draft, why, 'disk', translate)).toBe(message);
  });
});

describe('a pass that nobody waited for', () => {
  it.each<[string, Partial<Passed>, string]>([
    ['nothing', {}, ''],
    ['one that is there now', { sent: [sent('a.py', nowMs + 1)] }, 'a.py is pushed: it had waited.'],
    [
      'one that had arrived, unheard, so long ago that it is gone',
      { sent: [sent('a.py', nowMs)] },
      'a.py had arrived already, and its lifetime is over.',
    ],
    [
      'both',
      { sent: [sent('a.py', nowMs), sent('b.py', nowMs + 1)] },
      'b.py is pushed: it had waited. a.py had arrived already, and its lifetime is over.',
    ],
    [
      'several that are gone',
      { sent: [sent('a.py', 1), sent('b.py', 2)] },
      '2 pushes had arrived already, and their lifetime is over.',
    ],
    [
      'one that has waited too long',
      { old: [queued('a.py')] },
      'a.py has waited for a month: say whether it is still to be sent.',
    ],
  ])('tells of %s', (_what, passed, message) => {
    expect(passedMessage({ ...none, ...passed }, nowMs, translate)).toBe(message);
  });
});
