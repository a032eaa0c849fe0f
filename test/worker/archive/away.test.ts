// While R2 is away it is asked again ever later, and nobody is kept from anything; then it hears of all.

import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { ask, signIn, type User } from '../edge.ts';
import { atSeconds, insideOf, startMs, useOwnClock } from '../stack-inside.ts';
import { indexedTexts } from './bucket.ts';

const FLUSH_SECONDS = limits.outboxDelayMs / 1000 + 1;

useOwnClock();
beforeEach(() => {
  // Each failure is logged, on purpose.
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('an archive that is away', () => {
  it('is tried again after 5 seconds, then ever later, up to a quarter of an hour', async () => {
    const inside = insideOf('away-long');
    const ada = await signIn('away-long');
    await ada.push('text', '?ttl=365d');
    vi.spyOn(env.ARCHIVE, 'put').mockRejectedValue(new Error('R2 is away'));
    const waits: number[] = [];
    for (let tries = 1, seconds = FLUSH_SECONDS; tries <= 10; tries++) {
      atSeconds(seconds);
      await inside.ring();
      const wait = ((await inside.alarm()) ?? 0) - Date.now();
      waits.push(wait / 1000);
      seconds += wait / 1000;
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
  });

  it('is not asked before that, though the alarm rings for something else', async () => {
    const inside = insideOf('away-asked');
    const ada = await signIn('away-asked');
    await ada.push('text');
    const puts = vi.spyOn(env.ARCHIVE, 'put').mockRejectedValue(new Error('R2 is away'));
    atSeconds(FLUSH_SECONDS);
    await inside.ring();
    atSeconds(FLUSH_SECONDS + 4);
    await inside.ring();
    expect(puts).toHaveBeenCalledTimes(1);
    expect(await inside.alarm()).toBe(startMs + (FLUSH_SECONDS + 5) * 1000);
  });

  it('keeps nobody from pushing, reading, replacing, popping and deleting, and then hears of all', async () => {
    const inside = insideOf('away-work');
    const ada = await signIn('away-work');
    for (const text of ['one', 'two', 'three', 'four']) await ada.push(text);
    const away = vi.spyOn(env.ARCHIVE, 'put').mockRejectedValue(new Error('R2 is away'));
    atSeconds(FLUSH_SECONDS);
    await inside.ring();
    expect(await (await ask('/~away-work/1')).text()).toBe('one');
    expect((await ada.ask(await linkOf(ada, 1), { method: 'PUT', body: 'one again' })).status).toBe(200);
    expect((await ada.ask(await linkOf(ada, 2), { method: 'DELETE' })).status).toBe(204);
    expect((await ada.ask('/v1/snippets/pop', { method: 'POST' })).status).toBe(200);
    expect(await ada.push('five')).toBe('/~away-work/5');
    atSeconds(FLUSH_SECONDS + 10);
    await inside.ring();
    away.mockRestore();
    atSeconds(3 * FLUSH_SECONDS);
    await inside.ring();
    expect(await indexedTexts('away-work')).toEqual({ 1: 'one again', 3: 'three', 4: 'four', 5: 'five' });
    expect((await inside.rowsOf('snippets')).map(({ number }) => number)).toEqual([1, 3, 5]);
  });

  it('loses nothing of what expires meanwhile, nor when the Stack is put away', async () => {
    const inside = insideOf('away-expired');
    const ada = await signIn('away-expired');
    await ada.push('short', '?ttl=1m');
    const away = vi.spyOn(env.ARCHIVE, 'put').mockRejectedValue(new Error('R2 is away'));
    atSeconds(61);
    await inside.ring();
    expect((await ask('/~away-expired/1')).status).toBe(404);
    await inside.evict();
    away.mockRestore();
    atSeconds(FLUSH_SECONDS);
    await inside.ring();
    expect(await indexedTexts('away-expired')).toEqual({ 1: 'short' });
    expect(await inside.rowsOf('snippets')).toEqual([]);
  });
});

async function linkOf(user: User, number: number): Promise<string> {
  const { snippets } = await (
    await user.ask('/v1/snippets')
  ).json<{ snippets: readonly { id: string; number: number }[] }>();
  return `/s/${snippets.find((snippet) => snippet.number === number)?.id}`;
}
