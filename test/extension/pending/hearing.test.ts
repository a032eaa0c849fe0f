// Nobody looks while something is still happening, and nothing that happens meanwhile is missed.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Hearing } from '../../../extension/pending/hearing.ts';

let hearing: Hearing;
beforeEach(() => {
  vi.useFakeTimers();
  hearing = new Hearing(1000);
});
afterEach(() => vi.useRealTimers());

/** Whether somebody who waits is done by now. */
function waiting(): { done: boolean } {
  const state = { done: false };
  void hearing.next().finally(() => (state.done = true));
  return state;
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('who waits', () => {
  it('waits for ever while nothing is heard', async () => {
    const state = waiting();
    await pass(60_000);
    expect(state.done).toBe(false);
  });

  it('waits until it has been quiet', async () => {
    const state = waiting();
    for (let key = 0; key < 10; key += 1) {
      hearing.hear();
      await pass(900);
    }
    expect(state.done).toBe(false);
    await pass(100);
    expect(state.done).toBe(true);
  });

  it('misses nothing that was heard before', async () => {
    hearing.hear();
    const state = waiting();
    await pass(999);
    expect(state.done).toBe(false);
    await pass(1);
    expect(state.done).toBe(true);
  });

  it('waits anew for what comes after', async () => {
    hearing.hear();
    await pass(5000);
    const first = waiting();
    await pass(0);
    expect(first.done).toBe(true);
    const second = waiting();
    await pass(5000);
    expect(second.done).toBe(false);
    hearing.hear();
    await pass(1000);
    expect(second.done).toBe(true);
  });

  it('waits for the quiet after what was heard last, also where it had been quiet before', async () => {
    hearing.hear();
    await pass(1500);
    hearing.hear();
    const state = waiting();
    await pass(999);
    expect(state.done).toBe(false);
    await pass(1);
    expect(state.done).toBe(true);
  });

  it('waits no longer once it is over', async () => {
    const state = waiting();
    hearing.dispose();
    await pass(0);
    expect(state.done).toBe(true);
  });
});
