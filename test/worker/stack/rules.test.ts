// The Stack's pure rules: rate, admission, retention.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { leavers } from '../../../worker/stack/admission.ts';
import { fullBucket, takeToken } from '../../../worker/stack/rate.ts';
import { firstDueMs, getNextAlarmMs, retryAtMs } from '../../../worker/stack/retention.ts';

describe('a token bucket', () => {
  it('gives no more than a burst and its rate, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5_000, max: 5_000 }), { maxLength: 200 }), (stepsMs) => {
        let nowMs = 1_000_000;
        let forwardMs = 0;
        let given = 0;
        let bucket = fullBucket(10, nowMs);
        for (const stepMs of stepsMs) {
          nowMs += stepMs;
          forwardMs += Math.max(0, stepMs);
          const take = takeToken(bucket, 10, nowMs);
          bucket = take.bucket;
          if (take.ok) given += 1;
        }
        expect(given).toBeLessThanOrEqual(10 + (forwardMs / 1000) * 10);
      }),
    );
  });

  it('that is empty says when the next token comes, and then gives it', () => {
    let bucket = fullBucket(2, 0);
    bucket = takeToken(bucket, 2, 0).bucket;
    bucket = takeToken(bucket, 2, 0).bucket;
    const refused = takeToken(bucket, 2, 0);
    expect(refused).toMatchObject({ ok: false, retryAfterSeconds: 1 });
    expect(takeToken(refused.bucket, 2, 1000).ok).toBe(true);
  });
});

describe('admission', () => {
  const nowMs = 1000;
  const residents = fc.uniqueArray(
    fc.record({
      number: fc.nat(),
      sizeBytes: fc.nat({ max: 12 * 1024 * 1024 }),
      expiresAtMs: fc.constantFrom(nowMs - 1, nowMs, nowMs + 1, nowMs + 2, nowMs + 3),
    }),
    { selector: (resident) => resident.number, maxLength: 30 },
  );

  it('makes room by what has expired, then by the oldest, and by no more of them than needed', () => {
    fc.assert(
      fc.property(residents, fc.nat({ max: 12 * 1024 * 1024 }), (here, newBytes) => {
        const leaving = leavers(here, newBytes, nowMs);
        const staying = here.filter((resident) => !leaving.includes(resident.number));
        const fits = (kept: typeof here) =>
          kept.length < limits.stackSnippets &&
          kept.reduce((sum, resident) => sum + resident.sizeBytes, newBytes) <= limits.stackBytes;
        expect(fits(staying)).toBe(true);
        expect(staying.filter((resident) => resident.expiresAtMs <= nowMs)).toEqual([]);
        const leftForRoom = here.filter(
          (resident) => leaving.includes(resident.number) && resident.expiresAtMs > nowMs,
        );
        for (const { number } of staying)
          for (const left of leftForRoom) expect(number).toBeGreaterThan(left.number);
        const last = leftForRoom.toSorted((a, b) => a.number - b.number).at(-1);
        if (last) expect(fits([...staying, last])).toBe(false);
      }),
    );
  });
});

describe('the next alarm', () => {
  const none = { expiryMs: undefined, outboxMs: undefined, historyEndMs: undefined, requestEndMs: undefined };

  it.each([
    ['nothing waits', none, undefined],
    ['only an expiry waits', { ...none, expiryMs: 5 }, 5],
    ['several wait: the nearest', { expiryMs: 5, outboxMs: 3, historyEndMs: 9, requestEndMs: 4 }, 3],
  ])('where %s', (_what, waiting, expected) => {
    expect(getNextAlarmMs(waiting)).toBe(expected);
  });

  it.each([
    ['public', 100 + limits.outboxDelayMs],
    ['private', 1_000_000],
  ] as const)('after a %s push', (visibility, expected) => {
    expect(firstDueMs({ visibility, expiresAtMs: 1_000_000 }, 100)).toBe(expected);
  });

  it('after failures comes later each time, up to a limit', () => {
    const waits = [1, 2, 3, 20, 1_000_000].map((attempts) => retryAtMs(0, attempts));
    const { min, max } = limits.outboxRetryMs;
    expect(waits).toEqual([min, 2 * min, 4 * min, max, max]);
  });
});
