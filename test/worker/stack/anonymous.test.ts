// The stack of a push without a key: it lives as long as its one snippet, and then leaves no table and no alarm.

import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { stackPrefix } from '../../../worker/archive/names.ts';
import { ask } from '../edge.ts';
import { atSeconds, type Inside, insideOfLink, startMs, useOwnClock } from '../stack-inside.ts';

const HALF_A_DAY_SECONDS = 43_200;

useOwnClock();

describe('a push without a key', () => {
  it('has one alarm, for its expiry: there is nothing for the archive', async () => {
    const { inside } = await pushAnonymously('text');
    expect(await inside.alarm()).toBe(startMs + HALF_A_DAY_SECONDS * 1000);
    expect(await inside.rowsOf('snippets')).toMatchObject([
      { number: 1, visibility: 'unlisted', archive_due_at: null },
    ]);
  });

  it('stays when its alarm rings early, and is no other’s snippet', async () => {
    const { inside, path } = await pushAnonymously('text');
    const other = await pushAnonymously('text');
    expect(other.path).not.toBe(path);
    await inside.ring();
    expect(await (await ask(path)).text()).toBe('text');
    expect(await inside.alarm()).toBe(startMs + HALF_A_DAY_SECONDS * 1000);
  });

  it('keeps only the hash of its token, which may do nothing but delete', async () => {
    const { inside, path, token } = await pushAnonymously('text');
    expect(await inside.rowsOf('keys')).toMatchObject([{ number: 1, scope: 'delete' }]);
    const headers = { authorization: `Bearer ${token}` };
    const refused = [
      await ask('/v1/snippets', { headers }),
      await ask('/', { method: 'POST', body: 'more', headers }),
      await ask(path, { method: 'PUT', body: 'other', headers }),
      await ask('/v1/snippets/pop', { method: 'POST', headers }),
      await ask('/v1/account', { headers }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect(await (await ask(path)).text()).toBe('text');
  });
});

describe('an anonymous stack that is empty', () => {
  it.each<[string, string, (pushed: Pushed) => Promise<unknown>]>([
    [
      'because its token deleted it',
      '',
      ({ path, token }) => ask(path, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } }),
    ],
    [
      'because its lifetime ended',
      '?ttl=1m',
      async () => {
        atSeconds(61);
      },
    ],
    ['because its last reader burnt it', '?burn=1', ({ path }) => ask(`${path}/reveal`, { method: 'POST' })],
    [
      'after it was read, and the reads not written yet',
      '?ttl=1m',
      async ({ path }) => {
        for (let reads = 1; reads <= 3; reads++) await ask(path);
        atSeconds(61);
      },
    ],
  ])('%s leaves nothing: no table, no alarm, no record', async (_what, query, empty) => {
    const pushed = await pushAnonymously('text', query);
    const { inside, path } = pushed;
    await empty(pushed);
    expect((await ask(path)).status).toBe(404);
    expect(await inside.ring()).toBe(true);
    expect(await traces(inside)).toEqual({ tables: [], alarm: null, records: [] });

    expect((await ask(path)).status).toBe(404);
    expect((await ask(`${path}/reveal`, { method: 'POST' })).status).toBe(404);
    await inside.stub.countReads(1, 5);
    expect(await traces(inside)).toEqual({ tables: [], alarm: null, records: [] });
  });

  it('wakes for a later read to nothing lasting', async () => {
    const { inside, path, token } = await pushAnonymously('text', '?ttl=1m');
    atSeconds(61);
    await inside.ring();
    await inside.evict();
    expect((await ask(path)).status).toBe(404);
    expect((await ask(`${path}/reveal`, { method: 'POST' })).status).toBe(404);
    const headers = { authorization: `Bearer ${token}` };
    expect((await ask(path, { method: 'DELETE', headers })).status).toBe(401);
    await inside.stub.countReads(1, 5);
    expect(await traces(inside)).toEqual({ tables: [], alarm: null, records: [] });
  });

  it('is there again where its push comes again with its request id, and ends again', async () => {
    const init = { headers: { 'idempotency-key': 'again', 'cf-connecting-ip': '192.0.2.77' } };
    const first = await pushAnonymously('text', '?ttl=1m', init);
    expect(await pushAnonymously('text', '?ttl=1m', init)).toMatchObject({
      path: first.path,
      token: first.token,
    });
    expect(await first.inside.rowsOf('snippets')).toHaveLength(1);
    atSeconds(61);
    await first.inside.ring();
    await pushAnonymously('text', '?ttl=1m', init);
    expect(await (await ask(first.path)).text()).toBe('text');
    expect(await first.inside.alarm()).toBe(startMs + 121_000);
    atSeconds(122);
    await first.inside.ring();
    expect(await traces(first.inside)).toEqual({ tables: [], alarm: null, records: [] });
  });
});

interface Pushed {
  /** Of its link. */
  readonly path: string;
  readonly token: string;
  readonly inside: Inside;
}

async function pushAnonymously(text: string, query = '', init: RequestInit = {}): Promise<Pushed> {
  const answer = await ask(`/${query}`, { ...init, method: 'POST', body: text });
  expect(answer.status).toBe(201);
  const path = new URL((await answer.text()).trim()).pathname;
  return { path, token: answer.headers.get('pybin-delete-token') ?? '', inside: insideOfLink(path) };
}

/** All that could be left of a stack. */
async function traces(inside: Inside) {
  const tables = await inside.inStorage(({ sql }) =>
    sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_%' ESCAPE '\\'").toArray(),
  );
  return {
    tables,
    alarm: await inside.alarm(),
    records: (await env.ARCHIVE.list({ prefix: stackPrefix(inside.routingHash) })).objects,
  };
}
