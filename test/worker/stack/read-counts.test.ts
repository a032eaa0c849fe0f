// Counts of reads by others: by month, without a write per read, and longer than their snippets.

import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { answer } from '../../../worker/router.ts';
import { ask, origin, signIn, type User } from '../edge.ts';
import { atSeconds, atTime, type Inside, insideOf, startMs, useOwnClock } from '../stack-inside.ts';

useOwnClock();

/** The first moment of a month, so many months after the one of a test's start. */
function monthStartMs(months: number): number {
  const start = new Date(startMs);
  return Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months);
}

function monthOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 7);
}

describe('a read', () => {
  it.each<[string, string, (path: string, link: string) => Promise<unknown>]>([
    ['a stranger by its number', 'by-number', (path) => ask(path)],
    ['a stranger by its link', 'by-link', (_path, link) => ask(link)],
    ['a stranger of the newest', 'newest', (path) => ask(path.replace(/\/\d+$/, ''))],
    ['a stranger of the raw bytes', 'raw', (path) => ask(`/raw${path}`)],
    ['a browser', 'browser', (path) => ask(path, { headers: { accept: 'text/html' } })],
    ['another user', 'other', async (path) => (await signIn('counted-other')).ask(path)],
    ['whoever has another text', 'stale', (path) => ask(path, { headers: { 'if-none-match': '"0"' } })],
  ])('by %s counts', async (_what, name, read) => {
    const { ada, path, link } = await pushed(`counts-${name}`);
    await read(path, link);
    await read(path, link);
    expect(await countsOf(ada)).toEqual([{ number: 1, month: monthOf(startMs), reads: 2 }]);
    expect(await listedCount(ada)).toBe(2);
  });

  it.each<[string, string, (path: string, link: string, ada: User) => Promise<unknown>]>([
    ['its owner', 'owner', (path, _link, ada) => ada.ask(path)],
    ['its owner by its link', 'owner-link', (_path, link, ada) => ada.ask(link)],
    ['its owner’s program', 'program', (_path, _link, ada) => ada.ask('/v1/snippets/latest')],
    ['a HEAD', 'head', (path) => ask(path, { method: 'HEAD' })],
    ['whoever has the text', 'has', async (path) => ask(path, withTag(await ask(path)))],
    ['a stranger who finds nothing', 'nothing', (path) => ask(`${path}9`)],
  ])('by %s doesn’t count', async (_what, name, read) => {
    const { ada, path, link } = await pushed(`uncounted-${name}`);
    await read(path, link, ada);
    const expected = name === 'has' ? [{ number: 1, month: monthOf(startMs), reads: 1 }] : [];
    expect(await countsOf(ada)).toEqual(expected);
  });

  it('of a burning snippet counts when it is revealed, and not before', async () => {
    const { ada, link } = await pushed('counts-burning', '?burn=2');
    await ask(link);
    await ask(`${link}/reveal`, { method: 'POST' });
    await ask(`${link}/reveal`, { method: 'POST' });
    await ask(`${link}/reveal`, { method: 'POST' });
    expect(await countsOf(ada)).toEqual([{ number: 1, month: monthOf(startMs), reads: 2 }]);
  });
});

describe('counts', () => {
  it('are kept by month, in UTC, over a month’s end', async () => {
    const nextMs = monthStartMs(1);
    atTime(nextMs - 2_000);
    const { ada, path } = await pushed('month-end');
    await ask(path);
    atTime(nextMs - 1);
    await ask(path);
    atTime(nextMs);
    await ask(path);
    expect(await countsOf(ada)).toEqual([
      { number: 1, month: monthOf(nextMs), reads: 1 },
      { number: 1, month: monthOf(nextMs - 1), reads: 2 },
    ]);
    expect(await listedCount(ada)).toBe(3);
  });

  it('are told newest month first, then by number', async () => {
    const { ada } = await pushed('ordered');
    await ada.push('two');
    for (const months of [1, 2])
      for (const number of [2, 1]) {
        atTime(monthStartMs(months));
        await insideOf('ordered').stub.countReads(number, 1);
      }
    expect((await countsOf(ada)).map(({ month, number }) => [month, number])).toEqual([
      [monthOf(monthStartMs(2)), 1],
      [monthOf(monthStartMs(2)), 2],
      [monthOf(monthStartMs(1)), 1],
      [monthOf(monthStartMs(1)), 2],
    ]);
  });

  it('cost no write per read: 50 reads in ten seconds are three writes', async () => {
    const { ada, path } = await pushed('cheap');
    const inside = insideOf('cheap');
    const before = await changesIn(inside);
    fakeTimers();
    for (let reads = 1; reads <= 50; reads++) {
      await ask(path);
      await passMs(inside, 200);
    }
    await passMs(inside, limits.countFlushMs);
    expect(await inside.rowsOf('read_counts')).toEqual([{ number: 1, month: monthOf(startMs), reads: 50 }]);
    expect((await changesIn(inside)) - before).toBeLessThanOrEqual(4);
    expect(await listedCount(ada)).toBe(50);
  });

  it('are written at once where one comes alone, and five seconds later where more follow it', async () => {
    const { path } = await pushed('flushed');
    const inside = insideOf('flushed');
    const written = async () => (await inside.rowsOf('read_counts'))[0]?.['reads'];
    fakeTimers();
    await ask(path);
    await passMs(inside, 1);
    expect(await written()).toBe(1);
    await ask(path);
    await passMs(inside, 1000);
    await ask(path);
    await passMs(inside, limits.countFlushMs - 1000 - 2);
    expect(await written()).toBe(1);
    await passMs(inside, 2);
    expect(await written()).toBe(3);
  });

  it.each([
    ['burns', '?burn=3'],
    ['doesn’t burn', '?visibility=unlisted'],
  ])('are written of what is revealed and %s, as of what is read', async (what, query) => {
    const userId = `revealed-${what.length}`;
    const { link } = await pushed(userId, query);
    const inside = insideOf(userId);
    fakeTimers();
    expect((await ask(`${link}/reveal`, { method: 'POST' })).status).toBe(200);
    await passMs(inside, 1);
    expect(await inside.rowsOf('read_counts')).toEqual([{ number: 1, month: monthOf(startMs), reads: 1 }]);
  });

  it('survive that the Stack is put away, and go on', async () => {
    const { ada, path } = await pushed('evicted');
    const inside = insideOf('evicted');
    await ask(path);
    await inside.ring();
    await inside.evict();
    await ask(path);
    expect(await listedCount(ada)).toBe(2);
    expect(await countsOf(ada)).toEqual([{ number: 1, month: monthOf(startMs), reads: 2 }]);
  });

  it.each<[string, string, (ada: User, link: string) => Promise<unknown>]>([
    ['deleted', '', (ada, link) => ada.ask(link, { method: 'DELETE' })],
    ['popped', '', (ada) => ada.ask('/v1/snippets/pop', { method: 'POST' })],
    ['expired', '?ttl=1m', () => Promise.resolve()],
  ])('outlive a snippet that was %s', async (what, query, take) => {
    const { ada, path, link } = await pushed(`outlives-${what}`, query);
    const inside = insideOf(`outlives-${what}`);
    await ask(path);
    await take(ada, link);
    atSeconds(600);
    await inside.ring();
    expect(await inside.rowsOf('snippets')).toEqual([]);
    expect(await countsOf(ada)).toEqual([{ number: 1, month: monthOf(startMs), reads: 1 }]);
    await ada.push('another');
    expect(await listedCount(ada)).toBe(0);
  });

  it('are forgotten a year after their month', async () => {
    const { ada, path } = await pushed('forgotten');
    const inside = insideOf('forgotten');
    await ask(path);
    await inside.ring();
    const monthEndMs = monthStartMs(1);
    for (const [timeMs, count] of [
      [monthEndMs + limits.archiveSeconds * 1000 - 1, 1],
      [monthEndMs + limits.archiveSeconds * 1000, 0],
    ] as const) {
      atTime(timeMs);
      await ada.push('so that an alarm is set');
      await inside.ring();
      expect(await inside.rowsOf('read_counts')).toHaveLength(count);
    }
  });

  it('tell of reads that were answered from memory, once the second is over: of those that got the text', async () => {
    const { ada, path } = await pushed('hot-counts');
    const ctx = createExecutionContext();
    const read = (init: RequestInit = {}) => answer(new Request(`${origin}${path}`, init), env, ctx);
    const tag = withTag(await read());
    const reads = 100;
    for (let count = 2; count <= reads; count++) {
      expect((await read()).status).toBe(200);
      expect((await read(tag)).status).toBe(304);
      expect((await read({ method: 'HEAD' })).status).toBe(200);
    }
    expect((await Promise.all([read(), read(), read(tag)])).map(({ status }) => status)).toEqual([
      200, 200, 304,
    ]);
    // The Stack hears of them when the second is over by the real clock.
    await waitOnExecutionContext(ctx);
    expect(await countsOf(ada)).toEqual([{ number: 1, month: monthOf(startMs), reads: reads + 2 }]);
  });

  it('tell of no read where all who asked often had the text', async () => {
    const { ada, path } = await pushed('hot-polled');
    const ctx = createExecutionContext();
    const tag = withTag(await ada.ask(path));
    for (let count = 1; count <= 100; count++)
      expect((await answer(new Request(`${origin}${path}`, tag), env, ctx)).status).toBe(304);
    await waitOnExecutionContext(ctx);
    expect(await countsOf(ada)).toEqual([]);
  });
});

async function pushed(userId: string, query = ''): Promise<{ ada: User; path: string; link: string }> {
  const ada = await signIn(userId);
  const path = await ada.push('text', query);
  const { snippets } = await (await ada.ask('/v1/snippets')).json<{ snippets: readonly { id: string }[] }>();
  return { ada, path, link: `/s/${snippets[0]?.id}` };
}

/** Lets the Stack's timers wait for {@link passMs}. */
function fakeTimers(): void {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: startMs });
}

/** Lets time pass for a Stack. What falls due is done by it, as only it may. */
async function passMs(inside: Inside, ms: number): Promise<void> {
  await inside.inStorage(() => vi.advanceTimersByTime(ms));
}

function withTag(read: Response): RequestInit {
  return { headers: { 'if-none-match': read.headers.get('etag') ?? '' } };
}

interface Count {
  readonly number: number;
  readonly month: string;
  readonly reads: number;
}

async function countsOf(user: User): Promise<readonly Count[]> {
  const counts = await (await user.ask('/v1/account/reads')).json<{ readCounts: readonly Count[] }>();
  return counts.readCounts;
}

/** What the list tells of the newest snippet. */
async function listedCount(user: User): Promise<number | undefined> {
  const { snippets } = await (
    await user.ask('/v1/snippets')
  ).json<{ snippets: readonly { readCount: number }[] }>();
  return snippets[0]?.readCount;
}

/** How many rows were ever changed through this connection. */
function changesIn(inside: Inside): Promise<number> {
  return inside.inStorage(
    ({ sql }) => sql.exec<{ changes: number }>('SELECT total_changes() AS changes').one().changes,
  );
}
