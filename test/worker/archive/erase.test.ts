// The end of an account, and what one takes along before.

import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { inflateRawSync } from 'node:zlib';
import { routingHashOf } from '../../../worker/ids/routing-hash.ts';
import { eraseRest } from '../../../worker/stack/erase.ts';
import { openAccount } from '../../../worker/stack/sign-in.ts';
import { ask, signIn } from '../edge.ts';
import { insideOf, inStorage, useOwnClock } from '../stack-inside.ts';
import { holderOf } from '../stack/as-holder.ts';
import { bucketWith, keysOf, withArchivist } from './bucket.ts';

useOwnClock();

describe('erasing an account', () => {
  it('removes everything, and says what that was', async () => {
    const ada = await signIn('erased');
    const link = await ada.push('mine', '?alias=mine&visibility=unlisted');
    await ada.push('everybody’s');
    await ask('/~erased/2');
    await ada.ask('/v1/history');
    const erased = await ada.ask('/v1/account?userId=erased', { method: 'DELETE' });
    expect(await erased.json()).toMatchObject({
      userId: 'erased',
      snippets: 2,
      records: 2,
      keys: 1,
      aliases: 1,
      readCounts: 1,
      archivePending: false,
    });
    for (const path of ['/~erased', '/~erased/2', link]) expect((await ask(path)).status).toBe(404);
    expect((await ada.ask('/v1/account')).status).toBe(401);
    expect(await keysOf('erased')).toEqual([]);
    const tables = await inStorage('erased', ({ sql }) =>
      sql
        .exec("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'")
        .toArray(),
    );
    expect(tables).toEqual([]);
  });

  it.each([
    ['no user id', ''],
    ['another’s user id', '?userId=somebody'],
  ])('takes more than %s', async (_what, query) => {
    const ada = await signIn('not-erased');
    await ada.push('stays');
    expect((await ada.ask(`/v1/account${query}`, { method: 'DELETE' })).status).toBe(400);
    expect(await (await ask('/~not-erased')).text()).toBe('stays');
  });

  it('lets the user begin anew', async () => {
    const before = await signIn('erased-and-back');
    await before.push('old');
    await before.ask('/v1/account?userId=erased-and-back', { method: 'DELETE' });
    const after = await signIn('erased-and-back');
    expect(await after.push('new')).toBe('/~erased-and-back/1');
    expect(await insideOf('erased-and-back').alarm()).not.toBeNull();
    expect((await before.ask('/v1/account')).status).toBe(401);
  });

  it('leaves nothing to whoever begins anew of what was noted of the keys before', async () => {
    const before = await signIn('erased-notes');
    await before.ask('/v1/account?userId=erased-notes', { method: 'DELETE' });
    await signIn('erased-notes');
    const keys = await (await holderOf('erased-notes')).listKeys();
    expect(keys).toMatchObject({ value: [{ number: 1, lastUsedAtMs: undefined }] });
  });
});

describe('an erasure that an alarm goes on with while it is under way', () => {
  it('is done once: what begins anew under its user id stays', async () => {
    const userId = 'erased-once';
    const ada = await signIn(userId);
    await ada.push('old');
    const gate = Promise.withResolvers<void>();
    const list = async (options?: R2ListOptions) => {
      await gate.promise;
      return env.ARCHIVE.list(options);
    };
    const account = await withArchivist(userId, bucketWith({ list }), async (archivist, tables) => {
      const directory = { claim: () => Promise.resolve(userId), release: () => Promise.resolve() };
      const at = { archivist, tables, directory, routingHash: routingHashOf(userId) };
      const first = eraseRest(at);
      const second = eraseRest(at);
      gate.resolve();
      await first;
      openAccount(tables, { userId, defaultVisibility: 'private' }, Date.now());
      await second;
      return tables.created ? tables.accounts.get() : undefined;
    });
    expect(account).toMatchObject({ userId, defaultVisibility: 'private' });
  });
});

describe('an export', () => {
  it('is one file with everything: texts byte for byte, and what is said of them', async () => {
    const ada = await signIn('exported');
    const text = 'x = "🐍"\r\n\0';
    await ada.ask('/a.py?description=why', { method: 'PUT', body: text });
    await ada.push('mine alone', '?visibility=private');
    const answer = await ada.ask('/v1/account/export');
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="pybin-exported-[0-9-]+\.zip"$/,
    );
    const files = unzip(new Uint8Array(await answer.arrayBuffer()));
    expect(Object.keys(files).toSorted()).toEqual([
      'history/000001-a.py',
      'index.json',
      'stack/000001-a.py',
      'stack/000002-snippet.txt',
    ]);
    expect(files['stack/000001-a.py']).toBe(text);
    expect(files['history/000001-a.py']).toBe(text);
    expect(files['stack/000002-snippet.txt']).toBe('mine alone');
    expect(JSON.parse(files['index.json'] ?? '')).toMatchObject({
      userId: 'exported',
      stack: [
        { number: 2, visibility: 'private' },
        { number: 1, description: 'why' },
      ],
      history: [{ number: 1, file: 'history/000001-a.py' }],
    });
  });

  it('is for the owner alone', async () => {
    expect((await ask('/v1/account/export')).status).toBe(401);
  });
});

/** The files of a ZIP by its central directory (APPNOTE 4.3.12): stored or deflated. */
function unzip(bytes: Uint8Array): Record<string, string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const files: Record<string, string> = {};
  let end = bytes.byteLength - 22;
  while (view.getUint32(end, true) !== 0x06054b50) end -= 1;
  let entry = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const [method, size] = [view.getUint16(entry + 10, true), view.getUint32(entry + 20, true)];
    const [nameSize, extraSize, commentSize] = [28, 30, 32].map((at) => view.getUint16(entry + at, true));
    const name = decoder.decode(bytes.subarray(entry + 46, entry + 46 + (nameSize ?? 0)));
    const local = view.getUint32(entry + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const data = bytes.subarray(start, start + size);
    files[name] = decoder.decode(method === 8 ? inflateRawSync(data) : data);
    entry += 46 + (nameSize ?? 0) + (extraSize ?? 0) + (commentSize ?? 0);
  }
  return files;
}
