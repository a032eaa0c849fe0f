// A record that is read while a flush puts it elsewhere: it is found there, and is not taken for lost.

import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import type { Archivist } from '../../../worker/stack/archivist.ts';
import { findRecord } from '../../../worker/stack/records.ts';
import type { Tables } from '../../../worker/stack/tables.ts';
import { signIn, type User } from '../edge.ts';
import { atSeconds, insideOf, useOwnClock } from '../stack-inside.ts';
import { bucketWith, withArchivist } from './bucket.ts';

const FLUSH_SECONDS = limits.outboxDelayMs / 1000 + 1;

useOwnClock();

/** Somebody with two snippets, which share an object of the archive. */
async function withRecords(userId: string): Promise<{ ada: User; linkOf: (number: number) => string }> {
  const ada = await signIn(userId);
  await ada.push('old text', '?ttl=365d');
  await ada.push('another', '?ttl=365d');
  const list = await ada.ask('/v1/snippets');
  const { snippets } = await list.json<{ snippets: { id: string; number: number }[] }>();
  atSeconds(FLUSH_SECONDS);
  await insideOf(userId).ring();
  return { ada, linkOf: (which) => `/s/${snippets.find(({ number }) => number === which)?.id}` };
}

/** What is found of number 1, where something happens after R2 was asked and before it answers. */
function foundWhile(
  userId: string,
  act: (archivist: Archivist, tables: Tables) => Promise<unknown>,
): Promise<{ text: string | undefined; firstLine: string } | undefined> {
  const first: { happens?: () => Promise<unknown> } = {};
  const get = async (key: string, options?: R2GetOptions) => {
    const { happens } = first;
    delete first.happens;
    await happens?.();
    return env.ARCHIVE.get(key, options);
  };
  const bucket = bucketWith({ get });
  return withArchivist(userId, bucket, async (archivist, tables) => {
    first.happens = () => act(archivist, tables);
    const found = await findRecord({ archivist, tables }, 1, Date.now());
    return found && { text: found.record?.text, firstLine: found.entry.firstLine };
  });
}

const flushAll = (archivist: Archivist) => archivist.flush('all', Date.now());

describe('a record that is read while it moves', () => {
  it('because its snippet was replaced is the new one, with what is said of that', async () => {
    const { ada, linkOf } = await withRecords('moves-new');
    await ada.ask(linkOf(1), { method: 'PUT', body: 'new text' });
    expect(await foundWhile('moves-new', flushAll)).toEqual({ text: 'new text', firstLine: 'new text' });
  });

  it('because another of its object was deleted is still the same', async () => {
    const { ada, linkOf } = await withRecords('moves-packed');
    await ada.ask(linkOf(2), { method: 'DELETE' });
    expect(await foundWhile('moves-packed', flushAll)).toEqual({ text: 'old text', firstLine: 'old text' });
  });

  it('into nothing, because it was deleted, is not found', async () => {
    await withRecords('moves-gone');
    const found = await foundWhile('moves-gone', async (archivist, { history, outbox }) => {
      const object = history.remove(1);
      if (object !== undefined) outbox.markStale(object);
      await flushAll(archivist);
    });
    expect(found).toBeUndefined();
  });

  it('but is where it was, and gone there, is lost', async () => {
    await withRecords('moves-not');
    const found = await foundWhile('moves-not', async () => {
      const { objects } = await env.ARCHIVE.list({ prefix: `log/${insideOf('moves-not').routingHash}` });
      await env.ARCHIVE.delete(objects.map(({ key }) => key));
    });
    expect(found).toEqual({ text: undefined, firstLine: 'old text' });
  });
});
