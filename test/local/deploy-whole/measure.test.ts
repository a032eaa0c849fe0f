// The measuring itself: a month played through the Worker with nothing before it.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Operation, PersonMonth } from '../../../worker/cost/counts.ts';
import { measurePersonMonth } from '../../../worker/cost/measure.ts';

const TIMEOUT_MS = 60_000;

let month: PersonMonth;
beforeAll(async () => {
  month = await measurePersonMonth(0);
}, TIMEOUT_MS);

describe('a person’s month', () => {
  it('has each push and read that belongs to it', () => {
    expect(month.operations).toMatchObject({
      push: { times: 120 },
      'read by others': { times: 480 },
      'read by its owner': { times: 480 },
    });
    // Each spell is archived at least.
    expect(month.operations.alarm.times).toBeGreaterThanOrEqual(60);
  });

  it.each<Operation>(['push', 'read by others', 'read by its owner', 'list'])(
    'has one request to the Worker for a %s, and one to the Stack',
    (operation) => {
      const { times, counts } = month.operations[operation];
      expect(counts).toMatchObject({ requests: times, objectRequests: times });
      expect(counts.rowsRead).toBeGreaterThanOrEqual(times);
    },
  );

  it('has rows that pushes wrote, and by an owner’s reads one an hour: the use of the key', () => {
    expect(month.operations.push.counts.rowsWritten).toBeGreaterThanOrEqual(120);
    const { times, counts } = month.operations['read by its owner'];
    expect(counts.rowsWritten).toBeGreaterThan(0);
    expect(counts.rowsWritten).toBeLessThanOrEqual(times / 4);
  });

  it('has an alarm charged for as a request, and the archive written by alarms alone', () => {
    const { times, counts } = month.operations.alarm;
    expect(counts).toMatchObject({ requests: 0, objectRequests: times });
    expect(counts.archiveWrites).toBeGreaterThan(0);
    expect(counts.archivedBytes).toBeGreaterThan(118 * 500);
    expect(month.operations.push.counts.archiveWrites).toBe(0);
  });

  it('leaves a Stack of some size', () => {
    expect(month.storedBytes).toBeGreaterThan(20_000);
    expect(month.storedBytes).toBeLessThan(1_000_000);
  });
});
