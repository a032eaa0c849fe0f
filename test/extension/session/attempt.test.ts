// A call to the edge becomes a result, and never stays without one.

import { describe, expect, it, vi } from 'vitest';
import { attempt } from '../../../extension/session/attempt.ts';
import { ProblemError } from '../../../shared/problem.ts';

/** A call that only its signal ends. */
const hanging = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });

describe('a call', () => {
  it('that is answered is its value', async () => {
    expect(await attempt(() => Promise.resolve(1))).toEqual({ ok: true, value: 1 });
  });

  it('that is refused is its problem', async () => {
    const problem = { code: 'forbidden', detail: 'No.' } as const;
    expect(await attempt(() => Promise.reject(new ProblemError(problem)))).toEqual({ ok: false, problem });
  });

  it('that is given up is canceled', async () => {
    const controller = new AbortController();
    const result = attempt(hanging, controller.signal);
    controller.abort();
    expect(await result).toMatchObject({ ok: false, problem: { code: 'canceled' } });
  });

  it('without an answer in time is one that was not reached', async () => {
    const clock = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(clock.signal);
    const result = attempt(hanging);
    clock.abort();
    expect(await result).toMatchObject({ ok: false, problem: { code: 'unavailable' } });
    expect(timeout).toHaveBeenCalledWith(60_000);
    timeout.mockRestore();
  });

  it('that breaks is no refusal', async () => {
    await expect(attempt(() => Promise.reject(new TypeError('broken')))).rejects.toThrow('broken');
  });
});
