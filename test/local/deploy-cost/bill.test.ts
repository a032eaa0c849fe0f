// What use costs, held against the examples that Cloudflare computes on its own pages.

import { describe, expect, it } from 'vitest';
import { billOf, marginalDollars, type Usage } from '../../../worker/cost/bill.ts';

const nothing: Usage = {
  requests: 0,
  cpuMs: 0,
  objectRequests: 0,
  objectGbSeconds: 0,
  rowsRead: 0,
  rowsWritten: 0,
  storedGb: 0,
  archiveWrites: 0,
  archiveReads: 0,
  archivedGb: 0,
  logGb: 0,
  keptLogGb: 0,
};

describe('a bill', () => {
  it.each<[string, Partial<Usage>, number]>([
    ['nothing at all', {}, 5],
    ['what is just included', { requests: 10e6, rowsWritten: 50e6, rowsRead: 25e9, archivedGb: 10 }, 5],
    ['15 million requests of 7 ms', { requests: 15e6, cpuMs: 7 * 15e6 }, 8],
    ['100 million requests of 7 ms', { requests: 100e6, cpuMs: 7 * 100e6 }, 45.4],
    ['3 million object requests beyond', { objectRequests: 4e6 }, 5.45],
    ['11 million GB-s beyond', { objectGbSeconds: 11.4e6 }, 142.5],
    ['1,000 GB in R2', { archivedGb: 1000, archiveWrites: 1000, archiveReads: 1e6 }, 19.85],
    ['10 million R2 reads a day', { archiveReads: 300e6 }, 109.4],
    ['75 GB of logs', { logGb: 75, keptLogGb: 20 }, 12.05],
  ])('for %s', (_name, use, dollars) => {
    expect(billOf({ ...nothing, ...use }).dollars).toBeCloseTo(dollars, 6);
  });

  it('has a line for everything that is metered', () => {
    const { lines, dollars } = billOf({ ...nothing, rowsWritten: 51e6, storedGb: 6 });
    expect(lines.map(({ meter }) => meter)).toEqual(Object.keys(nothing));
    expect(lines.filter((line) => line.dollars > 0)).toEqual([
      { meter: 'rowsWritten', label: 'Rows written', used: 51e6, included: 50e6, dollars: 1 },
      expect.objectContaining({ meter: 'storedGb', dollars: expect.closeTo(0.2, 6) }),
    ]);
    expect(dollars).toBeCloseTo(6.2, 6);
  });

  it('beyond all that is included, counts from the first', () => {
    expect(marginalDollars({ ...nothing, requests: 1e6, rowsWritten: 2e6 })).toBeCloseTo(2.3, 6);
    expect(marginalDollars(nothing)).toBe(0);
  });
});
