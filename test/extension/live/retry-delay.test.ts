// When a live socket is tried again.

import { assert, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryDelayMs } from '../../../extension/live/retry-delay.ts';
import { limits } from '../../../shared/limits.ts';

describe('the delay of a retry', () => {
  it.each([
    [1, 0, 500],
    [1, 1, 1_000],
    [2, 1, 2_000],
    [6, 1, 32_000],
    [7, 1, 60_000],
    [7, 0, 30_000],
    [10_000, 0.5, 45_000],
  ])('after %d failures by chance %d is %d ms', (failures, chance, delayMs) => {
    expect(retryDelayMs(failures, chance)).toBe(delayMs);
  });

  it('is never none, and never longer than the longest', () => {
    const chances = double({ min: 0, max: 1, noNaN: true });
    assert(
      property(integer({ min: 1, max: 5_000 }), chances, (failures, chance) => {
        const delayMs = retryDelayMs(failures, chance);
        expect(delayMs).toBeGreaterThanOrEqual(limits.editor.liveRetryMs.min / 2);
        expect(delayMs).toBeLessThanOrEqual(limits.editor.liveRetryMs.max);
      }),
    );
  });
});
