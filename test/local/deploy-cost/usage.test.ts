// From one person's month to what an instance uses.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addCounts,
  type Counts,
  type Measured,
  noCounts,
  type Operation,
  type PersonMonth,
  scaleCounts,
} from '../../../worker/cost/counts.ts';
import { billTable, operationTable } from '../../../worker/cost/tables.ts';
import { assumptions, usageOf, usageOfCounts } from '../../../worker/cost/usage.ts';

function once(counts: Partial<Counts>, times = 1): Measured {
  return { times, counts: { ...noCounts, ...counts } };
}

const operations: Record<Operation, Measured> = {
  push: once({ requests: 120, objectRequests: 120, rowsWritten: 240 }, 120),
  'read by others': once({ requests: 960, objectRequests: 960, rowsRead: 960 }, 960),
  'read by its owner': once({}),
  list: once({ requests: 1, objectRequests: 1, rowsRead: 1_000_000 }),
  alarm: once({ objectRequests: 60, archiveWrites: 120, archivedBytes: 120_000 }, 60),
};
const month: PersonMonth = { operations, storedBytes: 100_000 };
const load = { pushesPerDay: 100_000, readsPerDay: 800_000 };

/** For how long objects are charged. */
function awakeSeconds(counts: Partial<Counts>): number {
  return usageOfCounts({ ...noCounts, ...counts }, false).objectGbSeconds / 0.128;
}

describe('the use of an instance', () => {
  it('is that of as many persons as push so much', () => {
    const use = usageOf(load, month, false);
    expect(use).toMatchObject({
      requests: 27e6,
      objectRequests: 28.5e6,
      rowsRead: 24e6,
      rowsWritten: 6e6,
      archiveWrites: 3e6,
      storedGb: 2.5,
      logGb: 0,
    });
    // A month's records, for a year.
    expect(use.archivedGb).toBeCloseTo((25_000 * 120_000 * (365 / 30)) / 1e9, 9);
  });

  it('has no lists: they belong to no load', () => {
    const without = { ...month, operations: { ...operations, list: once({}) } };
    expect(usageOf(load, without, true)).toEqual(usageOf(load, month, true));
  });

  it('refuses a load that no number of such persons makes', () => {
    expect(() => usageOf({ ...load, readsPerDay: 1 }, month, false)).toThrow('eight reads');
  });

  it('has a log of each request, and of each that an object gets, where the platform writes it', () => {
    const { logGb, keptLogGb } = usageOf(load, month, true);
    expect(logGb).toBeCloseTo((55.5e6 * assumptions.bytesPerInvocationLog) / 1e9, 9);
    expect(keptLogGb).toBeCloseTo((logGb * 7) / 30, 9);
  });

  it('has an object charged for while it works, waits for R2, or has a timer running', () => {
    expect(awakeSeconds({ objectTimerMs: 5_000 })).toBeCloseTo(5, 9);
    expect(awakeSeconds({ objectRequests: 1000 })).toBeCloseTo(assumptions.msPerObjectRequest, 9);
    expect(awakeSeconds({ archiveWrites: 500, archiveReads: 500 })).toBeCloseTo(
      assumptions.msPerArchiveCall,
      9,
    );
  });

  it('grows as the counts do', () => {
    const count = fc.nat(1_000_000);
    const counts: fc.Arbitrary<Counts> = fc.record({
      requests: count,
      objectRequests: count,
      objectTimerMs: count,
      rowsRead: count,
      rowsWritten: count,
      archiveWrites: count,
      archiveReads: count,
      archivedBytes: count,
      logLines: count,
      logBytes: count,
    });
    fc.assert(
      fc.property(counts, fc.boolean(), (one, hasInvocationLogs) => {
        expect(scaleCounts(one, 2)).toEqual(addCounts(one, one));
        const [single, double] = [one, scaleCounts(one, 2)].map((each) =>
          usageOfCounts(each, hasInvocationLogs),
        );
        for (const [meter, used] of Object.entries(single ?? {}))
          expect(Object.entries(double ?? {})).toContainEqual([meter, expect.closeTo(2 * used, 6)]);
      }),
    );
  });
});

describe('the tables', () => {
  it('say what each operation takes, and a million of them', () => {
    const [head, rule, push] = operationTable(month, false).split('\n');
    expect(head).toMatch(/^\| +\| object requests \| rows read \| rows written .* \| \$ a million \|$/);
    expect(rule).toMatch(/^[|-]+$/);
    // A request, its ms, an object's request, 2 ms of it, and two rows.
    expect(push).toMatch(/^\| push +\| 1 +\| 0 +\| 2 +\| .*\| 2\.47 +\|$/);
  });

  it('say what a month costs at each load', () => {
    const text = billTable([load, { pushesPerDay: 4, readsPerDay: 32 }], month, false);
    expect(text).toMatch(/100K pushes and 800K reads a day .* 4 pushes and 32 reads a day/);
    expect(text).toMatch(/\| Worker requests +\| 27M +\| 5\.10 +\| 1,080 +\| 0\.00 +\|/);
    expect(text).toMatch(/\| \*\*A month\*\* +\| +\| \*\*23\.62\*\* +\| +\| \*\*5\.00\*\* +\|$/);
  });

  it('refuse to tell of what was never done', () => {
    const unused = { ...month, operations: { ...operations, push: once({}, 0) } };
    expect(() => operationTable(unused, false)).toThrow('push was never done');
  });
});
