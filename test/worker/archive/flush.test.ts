// The way of what was pushed into the archive: what gets there, what never does, and what shares an object.

import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { packRecords, takePack } from '../../../worker/archive/pack.ts';
import { ask, signIn } from '../edge.ts';
import { atSeconds, inStorage, insideOf, ring, rowsOf, useOwnClock } from '../stack-inside.ts';
import { bytesOf, indexedTexts, keysOf } from './bucket.ts';

useOwnClock();

describe('the archive', () => {
  it('gets what was pushed, and the index tells of it', async () => {
    const ada = await signIn('archived');
    await ada.ask('/a.py?description=why', { method: 'PUT', body: 'x = "🐍"\r\n' });
    atSeconds(301);
    await ring('archived');
    expect(await indexedTexts('archived')).toEqual({ 1: 'x = "🐍"\r\n' });
    expect(await rowsOf('archived', 'history')).toMatchObject([
      { number: 1, summary: 'why', file_name: 'a.py', text_bytes: 12, first_line: 'x = "🐍"' },
    ]);
    expect(await rowsOf('archived', 'snippets')).toMatchObject([{ archive_due_at: null }]);
  });

  it('gets a snippet whose lifetime ended before the flush, and then its bytes are gone from the stack', async () => {
    const ada = await signIn('archived-late');
    await ada.push('gone from the stack', '?ttl=1m');
    atSeconds(61);
    await ring('archived-late');
    expect(await indexedTexts('archived-late')).toEqual({ 1: 'gone from the stack' });
    expect(await rowsOf('archived-late', 'snippets')).toEqual([]);
  });

  it('gets what was pushed in one go in one object', async () => {
    const ada = await signIn('archived-together');
    for (const text of ['one', 'two', 'three']) await ada.push(text);
    atSeconds(301);
    await ring('archived-together');
    expect(await keysOf('archived-together')).toHaveLength(1);
    expect(await indexedTexts('archived-together')).toEqual({ 1: 'one', 2: 'two', 3: 'three' });
  });

  it.each([
    ['private', '?visibility=private'],
    ['burning', '?burn=2'],
  ])('never gets what is %s', async (what, query) => {
    const userId = `not-archived-${what.slice(0, 4)}`;
    const ada = await signIn(userId);
    await ada.push('mine alone', query);
    atSeconds(301);
    await ring(userId);
    expect(await keysOf(userId)).toEqual([]);
    expect(await rowsOf(userId, 'history')).toEqual([]);
  });

  it('hears of nothing while it is switched off, also of what waited, and keeps what it has', async () => {
    const ada = await signIn('archive-off');
    await ada.push('before');
    atSeconds(301);
    await ring('archive-off');
    await ada.push('waiting');
    const off = await ada.ask('/v1/account', { method: 'PATCH', body: '{"archiveEnabled":false}' });
    expect(await off.json()).toMatchObject({ archiveEnabled: false });
    await ada.push('meanwhile');
    atSeconds(602);
    await ring('archive-off');
    expect(await indexedTexts('archive-off')).toEqual({ 1: 'before' });
    await ada.ask('/v1/account', { method: 'PATCH', body: '{"archiveEnabled":true}' });
    await ada.push('after');
    atSeconds(1200);
    await ring('archive-off');
    expect(await indexedTexts('archive-off')).toEqual({ 1: 'before', 4: 'after' });
  });

  it.each([
    ['before', false],
    ['after', true],
  ])('forgets what was deleted %s the flush, byte for byte', async (when, flushed) => {
    const userId = `deleted-${when}`;
    const ada = await signIn(userId);
    await ada.push('regretted');
    await ada.push('kept');
    atSeconds(301);
    if (flushed) await ring(userId);
    const { snippets } = await (await ada.ask('/v1/snippets')).json<{ snippets: { id: string }[] }>();
    await ada.ask(`/s/${snippets[1]?.id}`, { method: 'DELETE' });
    await ring(userId);
    expect(await indexedTexts(userId)).toEqual({ 2: 'kept' });
    const { stored, indexed } = await bytesOf(userId);
    expect(stored).toBe(indexed);
    expect(await rowsOf(userId, 'stale_objects')).toEqual([]);
  });

  it('has the newer text of what was replaced, and the older one no more', async () => {
    const ada = await signIn('archived-anew');
    await ada.push('old');
    await ada.push('other');
    atSeconds(301);
    await ring('archived-anew');
    const { snippets } = await (await ada.ask('/v1/snippets')).json<{ snippets: { id: string }[] }>();
    await ada.ask(`/s/${snippets[1]?.id}`, { method: 'PUT', body: 'new' });
    atSeconds(700);
    await ring('archived-anew');
    expect(await indexedTexts('archived-anew')).toEqual({ 1: 'new', 2: 'other' });
    const { stored, indexed } = await bytesOf('archived-anew');
    expect(stored).toBe(indexed);
  });

  it('loses what became private', async () => {
    const ada = await signIn('archived-then-not');
    await ada.push('public at first');
    atSeconds(301);
    await ring('archived-then-not');
    const { snippets } = await (await ada.ask('/v1/snippets')).json<{ snippets: { id: string }[] }>();
    const id = snippets[0]?.id ?? '';
    await ada.ask(`/v1/snippets/${id}`, { method: 'PUT', body: '{"visibility":"VISIBILITY_PRIVATE"}' });
    await ring('archived-then-not');
    expect(await keysOf('archived-then-not')).toEqual([]);
    expect(await rowsOf('archived-then-not', 'history')).toEqual([]);
  });

  it('never hears of a push without a key', async () => {
    const pushed = await ask('/', { method: 'POST', body: 'nobody’s' });
    expect(pushed.status).toBe(201);
    atSeconds(301);
    const { env } = await import('cloudflare:workers');
    const { objects } = await env.ARCHIVE.list();
    for (const { key } of objects) expect(await (await env.ARCHIVE.get(key))?.text()).not.toContain('nobody');
  });
});

describe('what shares an object', () => {
  it('ends together, with the last of it, and is deleted in one go', async () => {
    const ada = await signIn('ends-together');
    await ada.push('one');
    atSeconds(200);
    await ada.push('two');
    atSeconds(301);
    await ring('ends-together');
    const year = limits.archiveSeconds;
    atSeconds(year + 199);
    await ring('ends-together');
    expect(await indexedTexts('ends-together')).toEqual({ 1: 'one', 2: 'two' });
    atSeconds(year + 200);
    await ring('ends-together');
    expect(await keysOf('ends-together')).toEqual([]);
    expect(await rowsOf('ends-together', 'history')).toEqual([]);
  });

  it.each([
    ['nothing where nothing waits', [], []],
    ['small ones all', [waiting(1, 10), waiting(2, 10), waiting(9, 10)], [1, 2, 9]],
    ['a large one alone', [waiting(1, limits.textBytes), waiting(2, 10)], [1]],
    ['none with a large one', [waiting(1, 10), waiting(2, limits.textBytes)], [1]],
    ['as many as fit in bytes', [waiting(1, limits.pack.bytes), waiting(2, 1)], [1]],
    ['only those of one hour', [waiting(1, 1), waiting(2, 1, 3_600_000), waiting(3, 1, 3_600_001)], [1, 2]],
    ['only neighbours by number', [waiting(1, 1), waiting(100, 1), waiting(101, 1)], [1, 100]],
  ])('%s', (_what, all, taken) => {
    expect(takePack(all).map(({ number }) => number)).toEqual(taken);
  });

  it('lies one after the other', () => {
    const { bytes, places } = packRecords([new Uint8Array([1, 2]), new Uint8Array([]), new Uint8Array([3])]);
    expect([...bytes]).toEqual([1, 2, 3]);
    expect(places).toEqual([
      { offset: 0, sizeBytes: 2 },
      { offset: 2, sizeBytes: 0 },
      { offset: 2, sizeBytes: 1 },
    ]);
  });
});

function waiting(number: number, storedBytes: number, createdAtMs = 0) {
  return { number, storedBytes, createdAtMs };
}

describe('what has left the stack and waits', () => {
  it('is archived at once where it outgrows the stack itself', async () => {
    const ada = await signIn('outgrows');
    for (const count of [1, 2]) await ada.push(`text ${count}`);
    await inStorage('outgrows', ({ sql }) =>
      sql.exec('UPDATE snippets SET left_at = 1, text_bytes = ? WHERE number = 1', limits.stackBytes + 1),
    );
    await insideOf('outgrows').evict();
    await ada.push('text 3');
    expect(await insideOf('outgrows').alarm()).toBeLessThanOrEqual(Date.now());
  });
});
