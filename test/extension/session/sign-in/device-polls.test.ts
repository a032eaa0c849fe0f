// How often is asked for a typed code, and when no more (RFC 8628, 3.5).

import { describe, expect, it } from 'vitest';
import { afterPoll, type NextPoll, type Poll } from '../../../../extension/session/sign-in/device-polls.ts';
import type { ProblemCode } from '../../../../shared/problem.ts';

const again = (intervalSeconds: number): NextPoll => ({ kind: 'again', intervalSeconds });
const issued: Poll = { kind: 'issued', owner: { userId: 'ada', key: 'k' } };
const failed = (code: ProblemCode): Poll => ({ kind: 'failed', problem: { code, detail: '' } });

describe('after an answer, asked every 5 seconds', () => {
  it.each<[string, Poll, NextPoll]>([
    ['the code wasn’t typed yet', { kind: 'pending' }, again(5)],
    ['that was too soon', { kind: 'slowDown' }, again(10)],
    [
      'there is the key',
      issued,
      { kind: 'ended', end: { kind: 'issued', owner: { userId: 'ada', key: 'k' } } },
    ],
    ['it was refused', { kind: 'denied' }, { kind: 'ended', end: { kind: 'denied' } }],
    ['the code is too old', { kind: 'expired' }, { kind: 'ended', end: { kind: 'expired' } }],
    ['the edge is away', failed('unavailable'), again(10)],
    ['the edge broke', failed('internal'), again(10)],
    ['there were too many requests', failed('rate_limited'), again(10)],
  ])('%s', (_, poll, expected) => {
    expect(afterPoll(poll, 5)).toEqual(expected);
  });

  it('an answer that won’t change ends it', () => {
    expect(afterPoll(failed('invalid_argument'), 5)).toMatchObject({
      kind: 'ended',
      end: { kind: 'failed', problem: { code: 'invalid_argument' } },
    });
  });

  it('slower is slower for good', () => {
    let intervalSeconds = 5;
    for (const kind of ['slowDown', 'pending', 'slowDown', 'pending'] as const) {
      const next = afterPoll({ kind }, intervalSeconds);
      if (next.kind === 'again') ({ intervalSeconds } = next);
    }
    expect(intervalSeconds).toBe(15);
  });
});
