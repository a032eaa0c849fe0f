// The outbox and R2: a record for each push, kept while R2 fails, gone when its snippet is deleted.

import { env } from 'cloudflare:workers';
import { fromBinary } from '@bufbuild/protobuf';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SnippetSchema } from '../../../shared/gen/pybin_pb.js';
import { recordName } from '../../../worker/archive/names.ts';
import { routingHashOf } from '../../../worker/ids/routing-hash.ts';
import { deleteSnippet } from '../../../worker/stack/take.ts';
import { flushOutbox } from '../../../worker/stack/sweep.ts';
import { Tables } from '../../../worker/stack/tables.ts';
import { signIn } from '../edge.ts';
import { atSeconds, inStorage, ring, rowsOf, useOwnClock } from '../stack-inside.ts';

useOwnClock();

describe('the archive', () => {
  it('gets what was pushed, with its text and its description, and the index tells of it', async () => {
    const ada = await signIn('archived');
    await ada.ask('/a.py?description=why', { method: 'PUT', body: 'x = "🐍"\r\n' });
    atSeconds(301);
    await ring('archived');
    expect(await recordOf('archived', 1)).toMatchObject({
      number: 1,
      text: 'x = "🐍"\r\n',
      description: 'why',
      origin: { fileName: 'a.py' },
    });
    expect(await rowsOf('archived', 'history')).toMatchObject([
      { number: 1, file_name: 'a.py', text_bytes: 12 },
    ]);
    expect(await rowsOf('archived', 'snippets')).toMatchObject([{ archive_due_at: null }]);
  });

  it('gets a snippet whose lifetime ended before the flush', async () => {
    const ada = await signIn('archived-late');
    await ada.push('gone from the stack', '?ttl=1m');
    atSeconds(3600);
    await ring('archived-late');
    expect(await recordOf('archived-late', 1)).toMatchObject({ text: 'gone from the stack' });
    expect(await rowsOf('archived-late', 'snippets')).toEqual([]);
  });

  it('never gets what is private', async () => {
    const ada = await signIn('not-archived', 'private');
    await ada.push('mine alone');
    expect(await rowsOf('not-archived', 'snippets')).toMatchObject([{ archive_due_at: null }]);
    atSeconds(301);
    await ring('not-archived');
    expect(await recordOf('not-archived', 1)).toBeUndefined();
  });

  it.each([
    ['before', false],
    ['after', true],
  ])('forgets what was deleted %s the flush', async (when, flushed) => {
    const userId = `deleted-${when}`;
    const ada = await signIn(userId);
    await ada.push('regretted');
    atSeconds(301);
    if (flushed) await ring(userId);
    const { snippets } = await (await ada.ask('/v1/snippets')).json<{ snippets: { id: string }[] }>();
    await ada.ask(`/s/${snippets[0]?.id}`, { method: 'DELETE' });
    await ring(userId);
    expect(await recordOf(userId, 1)).toBeUndefined();
    for (const table of ['history', 'removals', 'snippets', 'chunks'])
      expect(await rowsOf(userId, table)).toEqual([]);
  });

  it('never sees a snippet that was deleted while the one before it was on its way', async () => {
    const ada = await signIn('deleted-meanwhile');
    await ada.push('one');
    await ada.push('two');
    atSeconds(301);
    const names: string[] = [];
    await inStorage('deleted-meanwhile', async (storage) => {
      const tables = new Tables(storage);
      const bucket = new Proxy(env.ARCHIVE, {
        get: (_target, name) =>
          name === 'put'
            ? async (key: string) => {
                names.push(key);
                deleteSnippet(tables, 2, '', Date.now());
              }
            : async () => {},
      });
      await flushOutbox(tables, bucket, routingHashOf('deleted-meanwhile'), Date.now() - 1);
    });
    expect(names).toEqual([recordName(routingHashOf('deleted-meanwhile'), 1)]);
  });

  it('keeps what R2 refuses, and tells it later, in order', async () => {
    const ada = await signIn('refused-by-r2');
    await ada.push('one');
    await ada.push('two');
    atSeconds(301);
    const failing = { ...env.ARCHIVE, put: () => Promise.reject(new Error('R2 is away')) } as const;
    const names: string[] = [];
    await inStorage('refused-by-r2', async (storage) => {
      const tables = new Tables(storage);
      const bucket = new Proxy(env.ARCHIVE, {
        get: (target, name) => (name === 'put' ? failing.put : Reflect.get(target, name, target)),
      });
      const flush = flushOutbox(tables, bucket, routingHashOf('refused-by-r2'), Date.now());
      await expect(flush).rejects.toThrow('R2 is away');
    });
    expect(await rowsOf('refused-by-r2', 'account')).toMatchObject([{ archive_failures: 1 }]);
    expect(await rowsOf('refused-by-r2', 'history')).toEqual([]);
    atSeconds(400);
    await ring('refused-by-r2');
    for (const number of [1, 2]) names.push((await recordOf('refused-by-r2', number))?.text ?? '');
    expect(names).toEqual(['one', 'two']);
    expect(await rowsOf('refused-by-r2', 'account')).toMatchObject([{ archive_failures: 0 }]);
  });
});

async function recordOf(userId: string, number: number) {
  const object = await env.ARCHIVE.get(recordName(routingHashOf(userId), number));
  if (!object) return undefined;
  return fromBinary(SnippetSchema, new Uint8Array(gunzipSync(await object.arrayBuffer())));
}
