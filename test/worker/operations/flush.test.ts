// When counts are summed: one call for all requests of ten seconds, and none is lost where that call fails.

import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { Counters, type Counts } from '../../../worker/metrics/counters.ts';
import { Summing } from '../../../worker/metrics/summing.ts';

const { flushMs } = limits.metrics;
const FAILURES = 'pybin_archive_failures_total';

/** An isolate: what it counts, its context, and the object that sums; with what each of these is given. */
function isolate() {
  const counters = new Counters();
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
  return {
    count: () => counters.add(FAILURES),
    summing: new Summing(counters),
    env: { ...env, METRICS },
    ctx: { waitUntil },
    waited,
    summed,
    metrics,
  };
}

afterEach(() => void vi.restoreAllMocks());

describe('counts', () => {
  it('of many requests are summed by one call, ten seconds after the first', async () => {
    const wait = vi.spyOn(scheduler, 'wait').mockResolvedValue();
    const { count, summing, env: bindings, ctx, waited, summed } = isolate();
    for (let request = 0; request < 1000; request++) {
      count();
      summing.flushSoon(bindings, ctx, request);
    }
    await Promise.all(waited);
    expect(waited.length).toBe(1);
    expect(wait.mock.calls).toEqual([[flushMs]]);
    expect(summed).toEqual([new Map([[FAILURES, 1000]])]);
  });

  it('are summed anew once that is done', async () => {
    vi.spyOn(scheduler, 'wait').mockResolvedValue();
    const { count, summing, env: bindings, ctx, waited, summed } = isolate();
    for (const amount of [1, 2]) {
      for (let times = 0; times < amount; times++) count();
      summing.flushSoon(bindings, ctx, 0);
      await Promise.all(waited);
    }
    expect(summed.map((counts) => counts.get(FAILURES))).toEqual([1, 2]);
  });

  it('cost no call where there are none', () => {
    const { summing, env: bindings, ctx, waited } = isolate();
    summing.flushSoon(bindings, ctx, 0);
    expect(waited).toEqual([]);
  });

  it('are there at the next call where one fails', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const { count, summing, env: bindings, metrics, summed } = isolate();
    count();
    metrics.isThere = false;
    await summing.flush(bindings);
    count();
    metrics.isThere = true;
    await summing.flush(bindings);
    expect(summed).toEqual([new Map([[FAILURES, 2]])]);
  });

  it('are summed by another where the one who began it ended before it was done', async () => {
    const never = new Promise<void>(() => {});
    vi.spyOn(scheduler, 'wait').mockReturnValue(never);
    const { count, summing, env: bindings, ctx, waited } = isolate();
    count();
    summing.flushSoon(bindings, ctx, 0);
    summing.flushSoon(bindings, ctx, 2 * flushMs - 1);
    expect(waited.length).toBe(1);
    vi.spyOn(scheduler, 'wait').mockResolvedValue();
    summing.flushSoon(bindings, ctx, 2 * flushMs);
    expect(waited.length).toBe(2);
    await waited[1];
  });
});
