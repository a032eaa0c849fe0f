// Who is shut out, and for how long: doubling, bounded, and forgiven in time.

import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { ShutOuts } from '../../../worker/identity/shut-outs.ts';

const { min, max } = limits.shutOutSeconds;

/** Shuts a client out so many times, each as soon as the last is over; tells for how long each. */
function shutTimes(shutOuts: ShutOuts, client: string, times: number): number[] {
  let nowMs = 0;
  return Array.from({ length: times }, () => {
    const seconds = shutOuts.shut(client, nowMs);
    nowMs += seconds * 1000;
    return seconds;
  });
}

describe('a client', () => {
  it('that was never shut out need not wait', () => {
    expect(new ShutOuts().waitSeconds('a', 0)).toBe(0);
  });

  it.each([
    [0, min],
    [1, min],
    [999, min],
    [1000, min - 1],
    [(min - 1) * 1000, 1],
    [min * 1000 - 1, 1],
    [min * 1000, 0],
    [min * 2000, 0],
  ])('waits, %i ms after it was shut out, %i seconds more', (afterMs, seconds) => {
    const shutOuts = new ShutOuts();
    shutOuts.shut('a', 5000);
    expect(shutOuts.waitSeconds('a', 5000 + afterMs)).toBe(seconds);
    expect(shutOuts.waitSeconds('b', 5000 + afterMs)).toBe(0);
  });

  it('is shut out twice as long each time, up to an hour', () => {
    expect(shutTimes(new ShutOuts(), 'a', 9)).toEqual([60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
  });

  it.each([
    ['just before an hour has passed: longer', max * 1000 - 1, 4 * min],
    ['an hour after the last was over: as at first', max * 1000, min],
  ])('is shut out again %s', (_when, afterMs, seconds) => {
    const shutOuts = new ShutOuts();
    const [first = 0, second = 0] = shutTimes(shutOuts, 'a', 2);
    expect(shutOuts.shut('a', (first + second) * 1000 + afterMs)).toBe(seconds);
  });

  it('is not forgiven for what another did, nor shut out for it', () => {
    const shutOuts = new ShutOuts();
    shutTimes(shutOuts, 'a', 5);
    expect(shutOuts.shut('b', 0)).toBe(min);
  });
});

describe('those kept in mind', () => {
  it('are bounded: beyond it the one who was shut out longest ago is let off', () => {
    const shutOuts = new ShutOuts();
    for (let client = 0; client < limits.shutOutAddresses - 1; client++) shutOuts.shut(`client ${client}`, 0);
    // Again, so that it is no longer the oldest.
    shutOuts.shut('client 0', 1);
    shutOuts.shut('fills it', 1);
    shutOuts.shut('one more', 2);
    const waiting = ['client 0', 'client 2', 'fills it', 'one more'];
    for (const client of waiting) expect([client, shutOuts.waitSeconds(client, 3)]).not.toEqual([client, 0]);
    expect(shutOuts.waitSeconds('client 1', 3)).toBe(0);
  });

  it('are not let off because one of them is shut out again', () => {
    const shutOuts = new ShutOuts();
    for (let client = 0; client < limits.shutOutAddresses; client++) shutOuts.shut(`client ${client}`, 0);
    shutOuts.shut('client 5', 1);
    expect(shutOuts.waitSeconds('client 0', 1)).toBe(min);
  });
});
