// What leaves the stack and when: the twenty-first push, the end of a lifetime, the alarm. Looks into the storage.

import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { Tables } from '../../../worker/stack/tables.ts';
import { ask, signIn, type User } from '../edge.ts';
import { atSeconds, inStorage, randomText, ring, rowsOf, useOwnClock } from '../stack-inside.ts';

useOwnClock();

describe('the stack keeps the newest twenty', () => {
  it('lets the oldest go at the twenty-first push, and its bytes with it', async () => {
    const ada = await signIn('twenty-one');
    await pushMany(ada, 21);
    expect((await ask('/~twenty-one/1')).status).toBe(404);
    expect(await (await ask('/~twenty-one/2')).text()).toBe('text 2');
    expect(await numbersOf(ada)).toEqual(Array.from({ length: 20 }, (_, index) => 21 - index));
    atSeconds(600);
    await ring('twenty-one');
    expect(await countRows('twenty-one', 'snippets')).toBe(20);
  });

  it('never gives a number twice, even after the top was deleted', async () => {
    const ada = await signIn('renumbering');
    await ada.push('one');
    const { snippets } = await listOf(ada);
    await ada.ask(`/s/${snippets[0]?.id}`, { method: 'DELETE' });
    expect(await ada.push('two')).toBe('/~renumbering/2');
  });

  it('gives each of many pushes at once a number of its own, without a gap', async () => {
    const ada = await signIn('parallel');
    await Promise.all(Array.from({ length: 10 }, (_, index) => ada.push(`text ${index}`)));
    expect(await numbersOf(ada)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });
});

describe('a push that breaks in the middle', () => {
  it('leaves nothing behind, neither in the storage nor in mind', async () => {
    const ada = await signIn('broken-push');
    await ada.push('whole');
    const residents = await inStorage('broken-push', (storage) => {
      const tables = new Tables(storage);
      const row = tables.snippets.get({ kind: 'latest' }, 'owner', Date.now());
      if (!row) throw new Error('nothing was pushed');
      const before = tables.snippets.residents();
      expect(() =>
        tables.transaction(() => {
          tables.snippets.add({ ...row, number: 2 }, new Uint8Array(), undefined);
          tables.snippets.leave([1], Date.now());
          throw new Error('broken');
        }),
      ).toThrow('broken');
      return { before, after: tables.snippets.residents() };
    });
    expect(residents.after).toEqual(residents.before);
    expect(await numbersOf(ada)).toEqual([1]);
  });
});

describe('a lifetime ends', () => {
  it('for every reader at once, alarm or no alarm', async () => {
    const ada = await signIn('short-life');
    const path = await ada.push('soon gone', '?ttl=1m');
    const { snippets } = await listOf(ada);
    atSeconds(59);
    expect((await ask(path)).status).toBe(200);
    atSeconds(61);
    for (const address of [path, '/~short-life', `/s/${snippets[0]?.id}`, `/raw${path}`])
      expect([address, (await ask(address)).status]).toEqual([address, 404]);
    expect(await numbersOf(ada)).toEqual([]);
    expect((await ada.ask(`/v1/snippets/${snippets[0]?.id}`)).status).toBe(404);
  });

  it('and shows what lies under it', async () => {
    const ada = await signIn('two-lives');
    await ada.push('stays', '?ttl=1h');
    await ada.push('goes', '?ttl=1m');
    atSeconds(61);
    expect(await (await ask('/~two-lives')).text()).toBe('stays');
  });

  it('in the storage too, once the alarm rang', async () => {
    const ada = await signIn('swept');
    await ada.push('goes', '?ttl=1m');
    await ada.push(randomText(2 * limits.chunkBytes), '?ttl=1m');
    await ring('swept');
    expect(await countRows('swept', 'snippets')).toBe(2);
    expect(await countRows('swept', 'chunks')).toBeGreaterThan(0);
    atSeconds(61);
    await ring('swept');
    expect(await countRows('swept', 'snippets')).toBe(0);
    expect(await countRows('swept', 'chunks')).toBe(0);
  });

  it('is twelve hours unless said otherwise', async () => {
    const ada = await signIn('half-a-day');
    await ada.push('text');
    const [snippet] = (await listOf(ada)).snippets;
    const lifeMs = Date.parse(snippet?.expireTime ?? '') - Date.parse(snippet?.createTime ?? '');
    expect(lifeMs).toBe(12 * 60 * 60 * 1000);
  });
});

describe('the one alarm', () => {
  it('is set by the first push and not before', async () => {
    const ada = await signIn('alarm-setter');
    expect(await alarmOf('alarm-setter')).toBeNull();
    await ada.push('text');
    expect(await alarmOf('alarm-setter')).toBeGreaterThan(Date.now() - 1000);
  });

  it('is set to the nearest expiry once the archive knows all, and may ring twice', async () => {
    const ada = await signIn('alarm-derived');
    await ada.push('long', '?ttl=1d');
    await ada.push('short', '?ttl=2h');
    atSeconds(301);
    await ring('alarm-derived');
    await ring('alarm-derived');
    const inMs = ((await alarmOf('alarm-derived')) ?? 0) - Date.now();
    expect(inMs).toBeGreaterThan(6_800_000);
    expect(inMs).toBeLessThanOrEqual(7_200_000);
    expect(await numbersOf(ada)).toEqual([2, 1]);
  });

  it('does no harm a day late', async () => {
    const ada = await signIn('alarm-late');
    await ada.push('long', '?ttl=3d');
    await ada.push('short', '?ttl=1m');
    atSeconds(86_400);
    await ring('alarm-late');
    expect(await numbersOf(ada)).toEqual([1]);
  });
});

describe('stored values', () => {
  it('stay under what a row may hold in production, for the largest text and description', async () => {
    const ada = await signIn('largest');
    const description = 'd'.repeat(limits.descriptionBytes);
    const text = randomText(limits.textBytes);
    const created = await ada.ask('/v1/snippets', {
      method: 'POST',
      body: JSON.stringify({ text, description }),
    });
    expect(created.status).toBe(201);
    const { id } = await created.json<{ id: string }>();
    const read = await (await ada.ask(`/v1/snippets/${id}`)).json<{ text: string; description: string }>();
    expect(read.text === text && read.description === description).toBe(true);
    const largest = await inStorage('largest', ({ sql }) =>
      sql
        .exec<{ chunk: number; head: number }>(
          'SELECT (SELECT max(length(bytes)) FROM chunks) AS chunk, (SELECT max(length(head)) FROM snippets) AS head',
        )
        .one(),
    );
    for (const size of [largest.chunk, largest.head]) {
      expect(size).toBeGreaterThan(0);
      expect(size).toBeLessThanOrEqual(limits.chunkBytes);
    }
  });

  it('do not exist for a user whom somebody only asked for', async () => {
    expect((await ask('/~never-pushed')).status).toBe(404);
    const tables = await inStorage('never-pushed', ({ sql }) =>
      sql
        .exec("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'")
        .toArray(),
    );
    expect(tables).toEqual([]);
  });
});

interface Listed {
  readonly snippets: readonly { id: string; number: number; createTime: string; expireTime: string }[];
}

async function listOf(user: User): Promise<Listed> {
  return (await user.ask('/v1/snippets')).json<Listed>();
}

async function numbersOf(user: User): Promise<number[]> {
  return (await listOf(user)).snippets.map((snippet) => snippet.number);
}

/** Pushes no faster than a user may: ten at a time, then a second of the object's clock. */
async function pushMany(user: User, count: number): Promise<void> {
  for (let number = 1; number <= count; number++) {
    if (number % limits.rates.writes.quota === 0) atSeconds(number / limits.rates.writes.quota);
    await user.push(`text ${number}`);
  }
}

async function countRows(userId: string, table: string): Promise<number> {
  return (await rowsOf(userId, table)).length;
}

function alarmOf(userId: string): Promise<number | null> {
  return inStorage(userId, (storage) => storage.getAlarm());
}
