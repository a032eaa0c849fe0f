// The one alarm when things go wrong: it throws, comes late, comes twice, never comes, or the clock jumps.
// It never throws out of the Stack, and always sets itself again.

import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { objectKey } from '../../../worker/archive/names.ts';
import { ask, signIn, type User } from '../edge.ts';
import { atSeconds, atTime, insideOf, startMs, useOwnClock } from '../stack-inside.ts';

const DAY_SECONDS = 86_400;
/** After it, the archive has been told what was pushed at a test's start. */
const FLUSHED_SECONDS = limits.outboxDelayMs / 1000 + 1;
/** The runtime gives an alarm up that threw so often. */
const RUNTIME_TRIES = 6;

useOwnClock();
afterEach(() => {
  vi.restoreAllMocks();
});

describe('an alarm that fails', () => {
  it.each(['snippets', 'requests', 'tickets', 'history', 'read_counts', 'stale_objects', 'account'])(
    'because of the table %s says so, rings again soon, and does all once it can',
    async (table) => {
      const userId = `fails-${table.replace('_', '-')}`;
      const inside = insideOf(userId);
      const ada = await signIn(userId);
      await ada.push('short', '?ttl=1m');
      await ada.push('long', '?ttl=1d');
      atSeconds(FLUSHED_SECONDS);
      await inside.inStorage(({ sql }) => sql.exec(`ALTER TABLE ${table} RENAME TO away`));
      const said = silenceErrors();
      await inside.ring();
      expect(said).toHaveBeenCalledWith(expect.stringContaining('"event":"alarm_failed"'));
      expect(await inside.alarm()).toBe(Date.now() + limits.outboxRetryMs.min);

      await inside.inStorage(({ sql }) => sql.exec(`ALTER TABLE away RENAME TO ${table}`));
      atSeconds(FLUSHED_SECONDS + 6);
      await inside.ring();
      expect(await numbersOf(ada)).toEqual([2]);
      expect(await inside.rowsOf('history')).toMatchObject([{ number: 1 }, { number: 2 }]);
      expect(await inside.alarm()).toBe(startMs + DAY_SECONDS * 1000);
    },
  );

  it('more often than the runtime would try still rings again', async () => {
    const inside = insideOf('fails-long');
    const ada = await signIn('fails-long');
    await ada.push('short', '?ttl=1m');
    await inside.inStorage(({ sql }) => sql.exec('ALTER TABLE history RENAME TO away'));
    silenceErrors();
    for (let tries = 1; tries <= 2 * RUNTIME_TRIES; tries++) {
      atSeconds(60 + tries * 10);
      expect(await inside.ring()).toBe(true);
      expect(await inside.alarm()).toBe(Date.now() + limits.outboxRetryMs.min);
    }
    await inside.inStorage(({ sql }) => sql.exec('ALTER TABLE away RENAME TO history'));
    await inside.ring();
    expect(await inside.rowsOf('snippets')).toMatchObject([]);
  });

  it('leaves pushes and reads as they are meanwhile', async () => {
    const inside = insideOf('fails-aside');
    const ada = await signIn('fails-aside');
    const path = await ada.push('text');
    await inside.inStorage(({ sql }) => sql.exec('ALTER TABLE history RENAME TO away'));
    silenceErrors();
    atSeconds(FLUSHED_SECONDS);
    await inside.ring();
    expect(await (await ask(path)).text()).toBe('text');
    expect(await ada.push('more')).toBe('/~fails-aside/2');
  });
});

describe('an alarm a day late', () => {
  it('does all that was due meanwhile, and nobody saw a difference', async () => {
    const inside = insideOf('late');
    const ada = await signIn('late');
    await ada.push('stays', '?ttl=3d');
    for (const ttl of ['1m', '1h', '12h']) await ada.push(ttl, `?ttl=${ttl}`);
    atSeconds(DAY_SECONDS + 60);
    expect(await numbersOf(ada)).toEqual([1]);
    await inside.ring();
    expect(await numbersOf(ada)).toEqual([1]);
    expect(await inside.rowsOf('snippets')).toMatchObject([{ number: 1, archive_due_at: null }]);
    expect((await inside.rowsOf('history')).map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(await inside.alarm()).toBe(startMs + 3 * DAY_SECONDS * 1000);
  });
});

describe('an alarm that rings twice', () => {
  it('changes nothing the second time', async () => {
    const inside = insideOf('twice');
    const ada = await signIn('twice');
    await ada.push('short', '?ttl=1m');
    await ada.push('long', '?ttl=1d');
    atSeconds(FLUSHED_SECONDS);
    await inside.ring();
    const tables = [
      'snippets',
      'chunks',
      'history',
      'stale_objects',
      'requests',
      'known_pushes',
      'account',
      'gone',
    ];
    const look = async () => [
      await inside.alarm(),
      ...(await Promise.all(tables.map((table) => inside.rowsOf(table)))),
    ];
    const first = await look();
    const puts = vi.spyOn(env.ARCHIVE, 'put');
    await inside.ring();
    expect(await look()).toEqual(first);
    expect(puts).not.toHaveBeenCalled();
  });

  it('before anything is due changes nothing at all', async () => {
    const inside = insideOf('early');
    const ada = await signIn('early');
    await ada.push('text');
    const before = await inside.alarm();
    await inside.ring();
    expect(await inside.alarm()).toBe(before);
    expect(await inside.rowsOf('history')).toEqual([]);
    expect(await numbersOf(ada)).toEqual([1]);
  });
});

describe('an alarm that the runtime gave up', () => {
  it.each([
    ['a stranger’s read', 'given-up-1', () => ask('/~given-up-1')],
    ['a read of what isn’t there', 'given-up-2', () => ask('/~given-up-2/99')],
    ['its owner’s list', 'given-up-3', (ada: User) => ada.ask('/v1/snippets')],
  ])('is set again by %s', async (_what, userId, wake) => {
    const inside = insideOf(userId);
    const ada = await signIn(userId);
    await ada.push('text', '?ttl=1m');
    await inside.inStorage((storage) => storage.deleteAlarm());
    await inside.evict();
    await wake(ada);
    expect(await inside.alarm()).toBe(startMs + 60_000);
  });

  it('is not set where nothing waits', async () => {
    const inside = insideOf('waits-not');
    const ada = await signIn('waits-not');
    await inside.evict();
    expect(await numbersOf(ada)).toEqual([]);
    expect(await inside.alarm()).toBeNull();
  });

  it('is set for what the archive is to delete, too, and that is deleted then', async () => {
    const inside = insideOf('forgets');
    const name = objectKey(inside.routingHash, '0000000001-1');
    await env.ARCHIVE.put(name, 'the record');
    const ada = await signIn('forgets');
    await inside.inStorage(({ sql }) =>
      sql.exec("INSERT INTO stale_objects (object) VALUES ('0000000001-1')"),
    );
    await inside.evict();
    await ada.ask('/v1/snippets');
    // It is long due: it rings at once, by the real clock.
    await vi.waitFor(async () => expect(await inside.rowsOf('stale_objects')).toEqual([]));
    expect(await env.ARCHIVE.head(name)).toBeNull();
  });
});

describe('a clock that jumps', () => {
  it('back by a day refuses nobody for longer than a second', async () => {
    const ada = await signIn('jumps-back');
    for (let pushes = 1; pushes <= limits.rates.writes.quota; pushes++) await ada.push('x');
    atSeconds(-DAY_SECONDS);
    const refused = await ada.ask('/', { method: 'POST', body: 'x' });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    atSeconds(-DAY_SECONDS + 1);
    expect((await ada.ask('/', { method: 'POST', body: 'x' })).status).toBe(201);
  });

  it('forward by a day and back gives a full second’s writes once more, and no second time', async () => {
    const ada = await signIn('jumps-forth');
    const written: number[] = [];
    for (const seconds of [0, DAY_SECONDS, 0]) {
      atSeconds(seconds);
      const pushes = Array.from({ length: 12 }, () => ada.ask('/', { method: 'POST', body: 'x' }));
      written.push((await Promise.all(pushes)).filter(({ status }) => status === 201).length);
    }
    expect(written).toEqual([limits.rates.writes.quota, limits.rates.writes.quota, 0]);
  });

  it('back leaves numbers rising and the last push on top', async () => {
    const ada = await signIn('jumps-order');
    await ada.push('first');
    atSeconds(-DAY_SECONDS / 4);
    expect(await ada.push('second')).toBe('/~jumps-order/2');
    expect(await (await ask('/~jumps-order')).text()).toBe('second');
    expect(await numbersOf(ada)).toEqual([2, 1]);
  });

  it('forward ends lifetimes, and back again brings none back that the alarm has ended', async () => {
    const inside = insideOf('jumps-life');
    const ada = await signIn('jumps-life');
    const path = await ada.push('text');
    atSeconds(DAY_SECONDS);
    expect((await ask(path)).status).toBe(404);
    await inside.ring();
    atSeconds(0);
    expect((await ask(path)).status).toBe(404);
    expect(await ada.push('next')).toBe('/~jumps-life/2');
  });

  it.each([
    ['back by a day', -DAY_SECONDS, 1],
    ['forward by an hour', 3600, 1],
    ['forward by a day', DAY_SECONDS, 1],
    ['forward by a month', 31 * DAY_SECONDS, 2],
  ])('%s leaves a retry of push 1 (%i seconds later) with number %i', async (_what, seconds, number) => {
    const userId = `jumps-retry-${seconds < 0 ? 'back' : seconds}`;
    const ada = await signIn(userId);
    const push = async () => {
      const headers = { 'idempotency-key': 'once' };
      const answer = await ada.ask('/', { method: 'POST', body: 'text', headers });
      return new URL((await answer.text()).trim()).pathname;
    };
    expect(await push()).toBe(`/~${userId}/1`);
    atSeconds(seconds);
    expect(await push()).toBe(`/~${userId}/${number}`);
  });

  it('back from a year ahead lets the alarm ring for what is pushed then', async () => {
    const inside = insideOf('jumps-alarm');
    atSeconds(365 * DAY_SECONDS);
    const ada = await signIn('jumps-alarm');
    await ada.push('from the future');
    expect(await inside.alarm()).toBeGreaterThan(startMs + 364 * DAY_SECONDS * 1000);
    atTime(startMs);
    await ada.push('text');
    expect(await inside.alarm()).toBe(startMs + limits.outboxDelayMs);
  });
});

async function numbersOf(user: User): Promise<number[]> {
  const { snippets } = await (
    await user.ask('/v1/snippets')
  ).json<{ snippets: readonly { number: number }[] }>();
  return snippets.map(({ number }) => number);
}

/** Keeps what is logged on purpose out of the tests' own output. */
function silenceErrors() {
  return vi.spyOn(console, 'error').mockImplementation(() => {});
}
