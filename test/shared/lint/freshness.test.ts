// How long a check waits for the editor's diagnostics.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { heardSinceEdit, settleWaitMs } from '../../../shared/lint/freshness.ts';

const EDIT = 100_000;

describe('a check waits', () => {
  it.each<[string, { publishedAt?: number; startedAt: number; now: number }, number]>([
    ['for all of its time right after an edit', { startedAt: EDIT, now: EDIT }, 2500],
    ['for the rest of it later', { startedAt: EDIT + 2000, now: EDIT + 2000 }, 500],
    ['no more once nothing came for so long', { startedAt: EDIT + 2500, now: EDIT + 2500 }, 0],
    ['not at all when it has long been quiet', { startedAt: EDIT + 60_000, now: EDIT + 60_000 }, 0],
    [
      'for quiet after diagnostics came',
      { publishedAt: EDIT + 300, startedAt: EDIT + 100, now: EDIT + 300 },
      400,
    ],
    ['for the rest of the quiet', { publishedAt: EDIT + 300, startedAt: EDIT + 100, now: EDIT + 600 }, 100],
    ['no more once it was quiet', { publishedAt: EDIT + 300, startedAt: EDIT + 100, now: EDIT + 700 }, 0],
    [
      'on where what came was said before the edit',
      { publishedAt: EDIT + 49, startedAt: EDIT + 100, now: EDIT + 100 },
      2400,
    ],
    [
      'on where the last that came is older than the edit',
      { publishedAt: EDIT - 5000, startedAt: EDIT + 100, now: EDIT + 100 },
      2400,
    ],
    [
      'for late ones of an old edit too',
      { publishedAt: EDIT + 60_000, startedAt: EDIT + 60_100, now: EDIT + 60_100 },
      300,
    ],
    [
      'no longer than its time for a tool that never stops',
      { publishedAt: EDIT + 2590, startedAt: EDIT + 100, now: EDIT + 2590 },
      10,
    ],
  ])('%s', (_name, { publishedAt, startedAt, now }, expected) => {
    expect(settleWaitMs({ editedAt: EDIT, publishedAt }, startedAt, now)).toBe(expected);
  });

  it('never longer than its limit from its start, and ends', () => {
    const time = fc.nat(10_000);
    fc.assert(
      fc.property(
        time,
        fc.option(time, { nil: undefined }),
        time,
        time,
        (editedAt, publishedAt, startedAt, later) => {
          const now = startedAt + later;
          const waitMs = settleWaitMs({ editedAt, publishedAt }, startedAt, now);
          expect(waitMs).toBeGreaterThanOrEqual(0);
          expect(now + waitMs).toBeLessThanOrEqual(Math.max(now, startedAt + limits.lint.settleMs));
          expect(settleWaitMs({ editedAt, publishedAt }, startedAt, now + waitMs)).toBe(0);
        },
      ),
    );
  });
});

describe('a tool was heard since the edit', () => {
  it.each([
    [undefined, false],
    [EDIT - 1, false],
    [EDIT + 49, false],
    [EDIT + 50, true],
  ])('by what came at %s', (publishedAt, expected) => {
    expect(heardSinceEdit({ editedAt: EDIT, publishedAt })).toBe(expected);
  });
});
