// R2 failing in every way that it can: pushes go on, nothing is lost, nothing is there twice, order is kept.

import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import type { Tables } from '../../../worker/stack/tables.ts';
import { changeAccount } from '../../../worker/stack/records.ts';
import { deleteSnippet } from '../../../worker/stack/take.ts';
import { signIn, type User } from '../edge.ts';
import { atSeconds, insideOf, ring, rowsOf, useOwnClock } from '../stack-inside.ts';
import { bucketWith, bytesOf, indexedTexts, keysOf, withArchivist } from './bucket.ts';

useOwnClock();

const away = () => Promise.reject(new Error('R2 is away'));

/** Nothing is lost, nothing is there twice. */
async function expectArchived(userId: string, texts: Record<number, string>): Promise<void> {
  expect(await indexedTexts(userId)).toEqual(texts);
  const { stored, indexed } = await bytesOf(userId);
  expect(stored).toBe(indexed);
  expect(await rowsOf(userId, 'stale_objects')).toEqual([]);
}

async function pushAll(user: User, texts: readonly string[]): Promise<void> {
  for (const text of texts) await user.push(text);
}

describe('R2', () => {
  it('refuses for an hour: what was pushed meanwhile is archived once, afterwards', async () => {
    const ada = await signIn('r2-hour');
    const texts: Record<number, string> = {};
    let tries = 0;
    for (let minute = 0; minute < 60; minute++) {
      atSeconds(minute * 60);
      await ada.push(`text ${minute}`);
      texts[minute + 1] = `text ${minute}`;
      const bucket = bucketWith({
        put: () => {
          tries += 1;
          return away();
        },
      });
      await withArchivist('r2-hour', bucket, (archivist) =>
        archivist.flush('due', Date.now()).catch(() => undefined),
      );
    }
    // Waiting longer each time, it doesn't hammer at what is down.
    expect(tries).toBeGreaterThan(3);
    expect(tries).toBeLessThan(20);
    // Twenty are on the stack; the others wait for the archive, out of sight.
    expect((await rowsOf('r2-hour', 'snippets')).length).toBe(60);
    atSeconds(60 * 60 + limits.outboxRetryMs.max / 1000);
    await ring('r2-hour');
    await expectArchived('r2-hour', texts);
    expect((await rowsOf('r2-hour', 'snippets')).length).toBe(20);
  });

  it('fails at every second put: records reach it in the order of their numbers', async () => {
    const ada = await signIn('r2-second');
    const texts: Record<number, string> = {};
    const order: string[] = [];
    let count = 0;
    for (let number = 1; number <= 12; number++) {
      atSeconds(number * 1000);
      texts[number] = `text ${number}`;
      await ada.push(`text ${number}`);
      const bucket = bucketWith({
        put: async (key, bytes) => {
          count += 1;
          if (count % 2 === 0) throw new Error('every second');
          order.push(key);
          return env.ARCHIVE.put(key, bytes);
        },
      });
      atSeconds(number * 1000 + 400);
      await withArchivist('r2-second', bucket, (archivist) =>
        archivist.flush('due', Date.now()).catch(() => undefined),
      );
    }
    atSeconds(20_000);
    await ring('r2-second');
    await expectArchived('r2-second', texts);
    expect(order).toEqual(order.toSorted());
  });

  it('has stored it, and says that it failed', async () => {
    const ada = await signIn('r2-liar');
    await pushAll(ada, ['one', 'two']);
    const bucket = bucketWith({
      put: async (key, bytes) => {
        await env.ARCHIVE.put(key, bytes);
        throw new Error('the answer was lost');
      },
    });
    const flush = withArchivist('r2-liar', bucket, (archivist) => archivist.flush('all', Date.now()));
    await expect(flush).rejects.toThrow('the answer was lost');
    expect(await rowsOf('r2-liar', 'history')).toEqual([]);
    await ada.push('three');
    atSeconds(1000);
    await ring('r2-liar');
    await expectArchived('r2-liar', { 1: 'one', 2: 'two', 3: 'three' });
  });

  it.each([
    ['the first of an object', 1, { 2: 'two', 3: 'three' }],
    ['another of an object', 2, { 1: 'one', 3: 'three' }],
  ])('has stored it unnoticed, and then %s is deleted: its bytes go too', async (_what, number, left) => {
    const userId = `r2-unnoticed-${number}`;
    const ada = await signIn(userId);
    await pushAll(ada, ['one', 'two', 'three']);
    const bucket = bucketWith({
      put: async (key, bytes) => {
        await env.ARCHIVE.put(key, bytes);
        throw new Error('killed before it was noted');
      },
    });
    await withArchivist(userId, bucket, (archivist) =>
      archivist.flush('all', Date.now()).catch(() => undefined),
    );
    expect(await keysOf(userId)).toHaveLength(1);
    const { snippets } = await (
      await ada.ask('/v1/snippets')
    ).json<{ snippets: { id: string; number: number }[] }>();
    const id = snippets.find((snippet) => snippet.number === number)?.id ?? '';
    await ada.ask(`/s/${id}`, { method: 'DELETE' });
    atSeconds(1000);
    await ring(userId);
    await expectArchived(userId, left);
  });

  it('is told of the same flush twice at once: once is enough', async () => {
    const ada = await signIn('r2-twice');
    await pushAll(ada, ['one', 'two']);
    const puts: string[] = [];
    const bucket = bucketWith({
      put: (key, bytes) => {
        puts.push(key);
        return env.ARCHIVE.put(key, bytes);
      },
    });
    await withArchivist('r2-twice', bucket, (archivist) =>
      Promise.all([archivist.flush('all', Date.now()), archivist.flush('all', Date.now())]),
    );
    expect(puts).toHaveLength(1);
    await expectArchived('r2-twice', { 1: 'one', 2: 'two' });
  });

  it.each([
    ['the first', 1, { 2: 'two' }],
    ['the second', 2, { 1: 'one' }],
  ])('gets an object of which %s is deleted while it is on its way', async (_what, number, left) => {
    const userId = `r2-on-its-way-${number}`;
    const ada = await signIn(userId);
    await pushAll(ada, ['one', 'two']);
    await inFlight(userId, (tables) => deleteSnippet(tables, number, '', Date.now()));
    await ring(userId);
    await expectArchived(userId, left);
  });

  it('gets an object while its owner switches the archive off: nothing of it stays', async () => {
    const ada = await signIn('r2-switched-off');
    await pushAll(ada, ['one', 'two']);
    await inFlight('r2-switched-off', (tables) => {
      changeAccount(tables, {
        defaultVisibility: undefined,
        defaultTtlSeconds: undefined,
        isArchived: false,
      });
    });
    await insideOf('r2-switched-off').ring();
    await expectArchived('r2-switched-off', {});
  });

  it('loses an object: the index keeps its rows, and says so where they are asked for', async () => {
    const ada = await signIn('r2-lost');
    await ada.push('lost');
    atSeconds(301);
    await ring('r2-lost');
    await env.ARCHIVE.delete(await keysOf('r2-lost'));
    const { entries } = await (await ada.ask('/v1/history')).json<{ entries: { id: string }[] }>();
    const id = entries[0]?.id ?? '';
    for (const [path, method] of [
      [`/v1/history/${id}`, 'GET'],
      [`/v1/history/${id}/restore`, 'POST'],
    ] as const) {
      const answer = await ada.ask(path, { method });
      expect(answer.status).toBe(410);
      expect(await answer.json()).toMatchObject({ code: 'lost' });
    }
    expect(await (await ada.ask('/v1/history')).json()).toMatchObject({ entries: [{ lost: true }] });
    expect(await (await ada.ask('/v1/snippets')).json()).toMatchObject({ snippets: [{ number: 1 }] });
  });
});

describe('an account', () => {
  it('is erased while a flush is on its way: nothing of it arrives afterwards', async () => {
    const ada = await signIn('erased-in-flush');
    await pushAll(ada, ['one', 'two']);
    await withArchivist('erased-in-flush', env.ARCHIVE, async (archivist, tables) => {
      const flush = archivist.flush('all', Date.now());
      tables.transaction(() => {
        tables.accounts.markErased(Date.now());
        tables.wipe();
      });
      await Promise.all([flush, archivist.deleteAll()]);
    });
    expect(await keysOf('erased-in-flush')).toEqual([]);
  });

  it('is erased while R2 is away: all is gone but the objects, and those when R2 is back', async () => {
    const ada = await signIn('erased-later');
    await pushAll(ada, ['one', 'two']);
    atSeconds(301);
    await ring('erased-later');
    await withArchivist('erased-later', bucketWith({ list: away }), async (archivist, tables) => {
      tables.transaction(() => {
        tables.accounts.markErased(Date.now());
        tables.wipe();
      });
      await expect(archivist.deleteAll()).rejects.toThrow('R2 is away');
    });
    expect(await keysOf('erased-later')).toHaveLength(1);
    await insideOf('erased-later').evict();
    await ring('erased-later');
    expect(await keysOf('erased-later')).toEqual([]);
  });
});

/** Does something in the moment that an object is on its way to R2. */
async function inFlight(userId: string, act: (tables: Tables) => void): Promise<void> {
  let tables: Tables | undefined;
  const bucket = bucketWith({
    put: (key, bytes) => {
      if (tables) act(tables);
      return env.ARCHIVE.put(key, bytes);
    },
  });
  await withArchivist(userId, bucket, (archivist, own) => {
    tables = own;
    return archivist.flush('all', Date.now());
  });
}
