// The Stack's pure rules: rate, admission, retention.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { leaversFor } from '../../../worker/stack/admission.ts';
import { fullBucket, takeToken } from '../../../worker/stack/rate.ts';
import { firstDueMs, getNextAlarmMs, retryAtMs } from '../../../worker/stack/retention.ts';

describe('a token bucket', () => {
  const ten = { quota: 10, windowSeconds: 1 };
  const two = { quota: 2, windowSeconds: 1 };

  it('gives no more than a burst and its rate, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5_000, max: 5_000 }), { maxLength: 200 }), (stepsMs) => {
        let nowMs = 1_000_000;
        let forwardMs = 0;
        let given = 0;
        let bucket = fullBucket(ten, nowMs);
        for (const stepMs of stepsMs) {
          nowMs += stepMs;
          forwardMs += Math.max(0, stepMs);
          const take = takeToken(bucket, ten, nowMs);
          bucket = take.bucket;
          if (take.ok) given += 1;
        }
        expect(given).toBeLessThanOrEqual(10 + (forwardMs / 1000) * 10);
      }),
    );
  });

  it('that is empty says when the next token comes, and then gives it', () => {
    let bucket = fullBucket(two, 0);
    bucket = takeToken(bucket, two, 0).bucket;
    bucket = takeToken(bucket, two, 0).bucket;
    const refused = takeToken(bucket, two, 0);
    expect(refused).toMatchObject({ ok: false, retryAfterSeconds: 1 });
    expect(takeToken(refused.bucket, two, 1000).ok).toBe(true);
  });

  it('of a minute gives its next token when its part of the minute is over', () => {
    const perMinute = { quota: 1, windowSeconds: 60 };
    const empty = takeToken(fullBucket(perMinute, 0), perMinute, 0).bucket;
    expect(takeToken(empty, perMinute, 15_000)).toMatchObject({ ok: false, retryAfterSeconds: 45 });
    expect(takeToken(empty, perMinute, 60_000).ok).toBe(true);
  });
});

describe('admission', () => {
  const nowMs = 1000;
  const residents = fc.uniqueArray(
    fc.record({
      number: fc.nat(),
      sizeBytes: fc.nat({ max: 12 * 1024 * 1024 }),
      expiresAtMs: fc.constantFrom(nowMs - 1, nowMs, nowMs + 1, nowMs + 2, nowMs + 3),
      sha256: fc.constant(''),
      isArchiveDue: fc.boolean(),
    }),
    { selector: (resident) => resident.number, maxLength: 30 },
  );

  it('makes room by what has expired, then by the oldest, and by no more of them than needed', () => {
    fc.assert(
      fc.property(residents, fc.nat({ max: 12 * 1024 * 1024 }), (here, newBytes) => {
        const { expired, pushedOut } = leaversFor(here, newBytes, nowMs);
        const leaving = new Set([...expired, ...pushedOut]);
        const staying = here.filter((resident) => !leaving.has(resident.number));
        const fits = (kept: typeof here) =>
          kept.length < limits.stackSnippets &&
          kept.reduce((sum, resident) => sum + resident.sizeBytes, newBytes) <= limits.stackBytes;
        expect(fits(staying)).toBe(true);
        expect(staying.filter((resident) => resident.expiresAtMs <= nowMs)).toEqual([]);
        const leftForRoom = here.filter(
          (resident) => leaving.has(resident.number) && resident.expiresAtMs > nowMs,
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
  const none = {
    expiryMs: undefined,
    archiveMs: undefined,
    erasureMs: undefined,
    keptEndMs: undefined,
    historyEndMs: undefined,
    keyEndMs: undefined,
    sessionEndMs: undefined,
    requestEndMs: undefined,
  };

  it.each([
    ['nothing waits', none, undefined],
    ['only an expiry waits', { ...none, expiryMs: 5 }, 5],
    [
      'several wait: the nearest',
      {
        expiryMs: 5,
        archiveMs: 3,
        erasureMs: undefined,
        keptEndMs: 7,
        historyEndMs: 9,
        keyEndMs: 8,
        sessionEndMs: 6,
        requestEndMs: 4,
      },
      3,
    ],
  ])('where %s', (_what, waiting, expected) => {
    expect(getNextAlarmMs(waiting)).toBe(expected);
  });

  it.each([
    ['that the archive waits for: its flush', 100, 100],
    ['that the archive never sees: its expiry', null, 1_000_000],
    ['that expires before its flush: its expiry', 2_000_000, 1_000_000],
  ] as const)('after a push %s', (_what, archiveDueAtMs, expected) => {
    expect(firstDueMs({ archiveDueAtMs, expiresAtMs: 1_000_000 })).toBe(expected);
  });

  it('after failures comes later each time, up to a limit', () => {
    const waits = [1, 2, 3, 20, 1_000_000].map((attempts) => retryAtMs(0, attempts));
    const { min, max } = limits.outboxRetryMs;
    expect(waits).toEqual([min, 2 * min, 4 * min, max, max]);
  });
});
