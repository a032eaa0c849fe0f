// A push that waits for its turn is kept once that takes long, and not before.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keptEarly } from '../../../extension/queue/early.ts';
import { Machine } from './windows.ts';

const afterMs = 500;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a push that waits for its turn', () => {
  it('isn’t kept where that comes soon, nor ever after', async () => {
    const keep = vi.fn();
    const waiting = keptEarly(afterMs, keep);
    vi.advanceTimersByTime(afterMs - 1);
    expect(await waiting.inTurn()).toBeUndefined();
    vi.advanceTimersByTime(afterMs);
    expect(keep).not.toHaveBeenCalled();
  });

  it('is kept once, and found in its turn', async () => {
    const early = { queued: new Machine().pushed('x'), kept: 'disk' } as const;
    const keep = vi.fn(() => Promise.resolve(early));
    const waiting = keptEarly(afterMs, keep);
    vi.advanceTimersByTime(10 * afterMs);
    expect(await waiting.inTurn()).toBe(early);
    expect(keep).toHaveBeenCalledTimes(1);
  });
});
