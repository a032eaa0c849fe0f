// When counts are summed: one call for all requests of ten seconds, and none is lost where that call fails.

import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import type { Counts } from '../../../worker/metrics/counters.ts';
import { countArchiveFailure, flush, flushSoon } from '../../../worker/metrics/isolate.ts';

const { flushMs } = limits.metrics;
const FAILURES = 'pybin_archive_failures_total';

/** An isolate's context, and the object that sums: what each is given. */
function isolate() {
  const waited: Promise<unknown>[] = [];
  const summed: Counts[] = [];
  const metrics = { isThere: true };
  const add = async (counts: Counts) => {
    if (!metrics.isThere) throw new Error('the object is away');
    summed.push(counts);
  };
  const METRICS = new Proxy(env.METRICS, {
    get: (_metrics, name) => (name === 'get' ? () => ({ add }) : () => ({})),
  });
  const waitUntil = (promise: Promise<unknown>) => {
    waited.push(promise);
  };
  return { env: { ...env, METRICS }, ctx: { waitUntil }, waited, summed, metrics };
}

afterEach(async () => {
  vi.restoreAllMocks();
  // What a test left.
  await flush(isolate().env);
});

describe('counts', () => {
  it('of many requests are summed by one call, ten seconds after the first', async () => {
    const wait = vi.spyOn(scheduler, 'wait').mockResolvedValue();
    const { env: bindings, ctx, waited, summed } = isolate();
    for (let request = 0; request < 1000; request++) {
      countArchiveFailure();
      flushSoon(bindings, ctx, request);
    }
    await Promise.all(waited);
    expect(waited.length).toBe(1);
    expect(wait.mock.calls).toEqual([[flushMs]]);
    expect(summed).toEqual([new Map([[FAILURES, 1000]])]);
  });

  it('are summed anew once that is done', async () => {
    vi.spyOn(scheduler, 'wait').mockResolvedValue();
    const { env: bindings, ctx, waited, summed } = isolate();
    for (const amount of [1, 2]) {
      for (let count = 0; count < amount; count++) countArchiveFailure();
      flushSoon(bindings, ctx, 0);
      await Promise.all(waited);
    }
    expect(summed.map((counts) => counts.get(FAILURES))).toEqual([1, 2]);
  });

  it('cost no call where there are none', () => {
    const { env: bindings, ctx, waited } = isolate();
    flushSoon(bindings, ctx, 0);
    expect(waited).toEqual([]);
  });

  it('are there at the next call where one fails', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const { env: bindings, metrics, summed } = isolate();
    countArchiveFailure();
    metrics.isThere = false;
    await flush(bindings);
    countArchiveFailure();
    metrics.isThere = true;
    await flush(bindings);
    expect(summed).toEqual([new Map([[FAILURES, 2]])]);
  });

  it('are summed by another where the one who began it ended before it was done', async () => {
    const never = new Promise<void>(() => {});
    vi.spyOn(scheduler, 'wait').mockReturnValue(never);
    const { env: bindings, ctx, waited } = isolate();
    countArchiveFailure();
    flushSoon(bindings, ctx, 0);
    flushSoon(bindings, ctx, 2 * flushMs - 1);
    expect(waited.length).toBe(1);
    vi.spyOn(scheduler, 'wait').mockResolvedValue();
    flushSoon(bindings, ctx, 2 * flushMs);
    expect(waited.length).toBe(2);
    await waited[1];
  });
});
