// A takedown: for the operator alone; afterwards every door answers 404, the archive has nothing, and a record without
// a word of the text tells when and why.

import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { objectKey, packName } from '../../../worker/archive/names.ts';
import { bucketWith, keysOf } from '../archive/bucket.ts';
import { ask, signIn, type User } from '../edge.ts';
import { atSeconds, insideOf, insideOfLink, ring, rowsOf, useOwnClock } from '../stack-inside.ts';
import { askInstance, METRICS_TOKEN, OPERATOR_TOKEN, shown } from './instance.ts';
import { runInDurableObject } from 'cloudflare:test';
import { Stack } from '../../../worker/index.ts';

useOwnClock();
beforeEach(() => {
  for (const level of ['info', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
});
afterEach(() => void vi.restoreAllMocks());

const TEXT = 'the words of the text';

interface TakenDown {
  readonly number: number;
  readonly userId: string;
  readonly wasOnStack: boolean;
  readonly wasArchived: boolean;
  readonly archivePending: boolean;
  readonly takedownTime: string;
  readonly record: string;
}

describe('to whoever shows no good token, the door looks like none', () => {
  it.each<[string, Partial<Env>, RequestInit]>([
    ['where the instance has no token', {}, shown(OPERATOR_TOKEN, { method: 'POST' })],
    ['without a token', { OPERATOR_TOKEN }, { method: 'POST' }],
    ['with another token', { OPERATOR_TOKEN, METRICS_TOKEN }, shown(METRICS_TOKEN, { method: 'POST' })],
    ['with another method', { OPERATOR_TOKEN }, shown(OPERATOR_TOKEN)],
  ])('%s', async (_what, bindings, init) => {
    const answered = await askInstance(bindings, '/operator/takedown', init);
    const nowhere = await askInstance(bindings, '/operator/nowhere', init);
    expect([answered.status, await answered.text()]).toEqual([404, await nowhere.text()]);
  });

  it('with the owner’s own key, and nothing is taken down', async () => {
    const ada = await signIn('not-operator');
    const path = await ada.push(TEXT);
    const init = shown(ada.key, { method: 'POST', body: JSON.stringify({ address: path }) });
    expect((await askInstance({ OPERATOR_TOKEN }, '/operator/takedown', init)).status).toBe(404);
    expect((await ask(path)).status).toBe(200);
  });
});

describe('the operator names a snippet', () => {
  it.each<[string, string, (link: string) => string]>([
    ['by number', 'named-1', () => '/~named-1/1'],
    ['by alias', 'named-2', () => '/~named-2/notes'],
    ['by a whole address', 'named-3', () => 'https://pybin.example/~named-3/1?x=1#top'],
    ['by the address of its bytes', 'named-4', () => '/raw/~named-4/1'],
    ['by a link', 'named-5', (id) => `/s/${id}`],
    ['by the whole address of a link', 'named-6', (id) => `https://pybin.example/s/${id}`],
    ['by a link’s id', 'named-7', (id) => id],
    ['as some programs write it', 'named-8', () => '/%7Enamed-8/1/'],
  ])('%s', async (_what, userId, address) => {
    const ada = await signIn(userId);
    await ada.push(TEXT, '?alias=notes');
    const taken = await takeDown(address(await linkOf(ada)), 'spam');
    expect(taken).toMatchObject({ number: 1, userId, wasOnStack: true, archivePending: false });
    expect((await ask(`/~${userId}`)).status).toBe(404);
  });

  it.each<[string, string]>([
    ['{"address":"/~ada"}', 'address'],
    ['{"address":"/"}', 'address'],
    ['{"address":"/v1/snippets/x"}', 'address'],
    ['{"address":7}', 'address'],
    ['{"reason":"spam"}', 'address'],
    ['{"address":"/~ada/1","reason":7}', 'reason'],
    [
      JSON.stringify({ address: '/~ada/1', reason: 'r'.repeat(limits.takedown.reasonCharacters + 1) }),
      'reason',
    ],
    ['{"address":"/~ada/1","why":"spam"}', 'why'],
  ])('but not so: %s', async (body, field) => {
    const answered = await askOperator(body);
    expect([answered.status, await answered.json()]).toMatchObject([400, { field }]);
  });

  it.each(['', 'null', '[]', '{'])('but not with a message like "%s"', async (body) => {
    expect((await askOperator(body)).status).toBe(400);
  });

  it.each(['/~takedown-nobody/1', '/~x/1', `/s/${'A'.repeat(22)}`, '/~named-gone/7'])(
    'and nothing is there: %s',
    async (address) => {
      await (await signIn('named-gone')).push(TEXT);
      expect((await askOperator(JSON.stringify({ address }))).status).toBe(404);
    },
  );
});

describe('what was taken down', () => {
  it('is nowhere any more: no door answers with it, neither to strangers nor to its owner', async () => {
    const ada = await signIn('nowhere');
    const idempotent = { headers: { 'idempotency-key': 'pushed' } };
    await ada.ask('/file.py?alias=notes&description=words', { method: 'PUT', body: TEXT, ...idempotent });
    const id = await linkOf(ada);
    await takeDown('/~nowhere/1', 'spam');
    const addresses = [`/~nowhere`, '/~nowhere/1', '/~nowhere/notes', `/s/${id}`].flatMap((path) => [
      path,
      `/raw${path}`,
    ]);
    const reads = [...addresses, '/v1/snippets/latest', `/v1/snippets/${id}`, `/v1/history/${id}`];
    for (const path of reads) {
      const statuses = [(await ada.ask(path)).status];
      if (!path.startsWith('/v1')) statuses.push((await ask(path)).status);
      expect([path, ...new Set(statuses)]).toEqual([path, 404]);
    }
    const writes: [string, string][] = [
      [`/s/${id}`, 'PUT'],
      [`/s/${id}`, 'DELETE'],
      [`/s/${id}/reveal`, 'POST'],
      [`/v1/history/${id}/restore`, 'POST'],
      ['/v1/snippets/pop', 'POST'],
    ];
    for (const [path, method] of writes)
      expect([
        path,
        (await ada.ask(path, { method, ...(method === 'PUT' && { body: 'x' }) })).status,
      ]).toEqual([path, 404]);
    // A retry of its push finds what was done, and none of its words.
    const retried = await ada.ask('/file.py?alias=notes&description=words', {
      method: 'PUT',
      body: TEXT,
      headers: { ...idempotent.headers, accept: 'application/json' },
    });
    expect(await retried.json()).toMatchObject({ number: 1 });
    expect((await ask('/~nowhere/1')).status).toBe(404);
    for (const table of ['snippets', 'chunks', 'history', 'history_words', 'stale_objects'])
      expect([table, await rowsOf('nowhere', table)]).toEqual([table, []]);
    expect(JSON.stringify(await rowsOf('nowhere', 'requests'))).not.toMatch(/words|file\.py|notes/);
  });

  it('is deleted from the archive at once, and what shared its object stays', async () => {
    const ada = await signIn('taken-archived');
    for (const text of ['first', TEXT, 'third']) await ada.push(text);
    const ids = (await listOf(ada)).map(({ id }) => id).toReversed();
    atSeconds(301);
    await ring('taken-archived');
    expect(await takeDown(ids[1] ?? '')).toMatchObject({ wasArchived: true, archivePending: false });
    const statuses = [];
    for (const id of ids) statuses.push((await ada.ask(`/v1/history/${id}`)).status);
    expect(statuses).toEqual([200, 404, 200]);
    expect(await keysOf('taken-archived')).toHaveLength(1);
  });

  it.each<[string, string, (ada: User) => Promise<unknown>, Partial<TakenDown>]>([
    [
      'expired, but is in the archive',
      'taken-expired',
      async () => {
        atSeconds(301);
        await ring('taken-expired');
      },
      { wasOnStack: false, wasArchived: true },
    ],
    [
      'expired and waits for the archive',
      'taken-waiting',
      async () => {},
      { wasOnStack: false, wasArchived: false },
    ],
    [
      'was popped, and is kept for a retry',
      'taken-popped',
      (ada) => ada.ask('/v1/snippets/pop', { method: 'POST', headers: { 'idempotency-key': 'pop' } }),
      { wasOnStack: false },
    ],
  ])('may have left the stack: it %s', async (_what, userId, leave, found) => {
    const ada = await signIn(userId);
    await ada.push(TEXT, '?ttl=5m');
    const id = await linkOf(ada);
    await leave(ada);
    atSeconds(400);
    expect(await takeDown(id)).toMatchObject(found);
    await ring(userId);
    expect(await keysOf(userId)).toEqual([]);
    expect(await rowsOf(userId, 'snippets')).toEqual([]);
    const retry = { method: 'POST', headers: { 'idempotency-key': 'pop' } };
    expect((await ada.ask('/v1/snippets/pop', retry)).status).toBe(404);
  });

  it('may be in R2 though no index says so, because a flush was cut off', async () => {
    const ada = await signIn('taken-cut-off');
    await ada.push(TEXT);
    const { routingHash } = insideOf('taken-cut-off');
    await env.ARCHIVE.put(objectKey(routingHash, packName({ number: 1, revision: 1 })), TEXT);
    await takeDown('/~taken-cut-off/1');
    expect(await keysOf('taken-cut-off')).toEqual([]);
  });

  it('may be private, and may burn', async () => {
    const ada = await signIn('taken-private');
    await ada.push(TEXT, '?visibility=private');
    await ada.push(TEXT, '?burn=2');
    for (const number of [1, 2])
      expect(await takeDown(`/~taken-private/${number}`)).toMatchObject({ number, wasOnStack: true });
    expect(await listOf(ada)).toEqual([]);
  });

  it('may be nobody’s: then its stack goes whole', async () => {
    const pushed = await ask('/', { method: 'POST', body: TEXT });
    const link = new URL((await pushed.text()).trim()).pathname;
    const { record } = await takeDown(link, 'spam');
    expect((await ask(link)).status).toBe(404);
    const inside = insideOfLink(link);
    await inside.ring();
    const tables = await inside.inStorage(({ sql }) =>
      sql.exec("SELECT name FROM sqlite_master WHERE name = 'snippets'").toArray(),
    );
    expect(tables).toEqual([]);
    expect(await env.ARCHIVE.head(record)).not.toBeNull();
  });

  it('is told to who watches, as deleted', async () => {
    const ada = await signIn('taken-watched');
    await ada.push(TEXT);
    const opened = await ada.ask('/v1/live', { headers: { upgrade: 'websocket' } });
    const socket = opened.webSocket;
    if (!socket) throw new Error('no socket was opened');
    const heard = new Promise<unknown>((resolve) => {
      socket.addEventListener('message', ({ data }) => {
        const event: unknown = JSON.parse(String(data));
        if (typeof event === 'object' && event !== null && 'left' in event) resolve(event);
      });
    });
    socket.accept();
    await takeDown('/~taken-watched/1');
    expect(await heard).toEqual({ left: { number: 1, reason: 'LEAVE_REASON_DELETED' } });
    socket.close();
  });

  it('does not touch its neighbours, nor the numbers that come after', async () => {
    const ada = await signIn('taken-neighbours');
    await ada.push('stays');
    await ada.push(TEXT);
    await takeDown('/~taken-neighbours/2');
    expect(await ada.push('next')).toBe('/~taken-neighbours/3');
    expect((await listOf(ada)).map(({ number }) => number)).toEqual([3, 1]);
  });
});

describe('the record', () => {
  it('says when, where and why, and has no word of the text', async () => {
    const ada = await signIn('recorded');
    await ada.ask('/file.py?alias=notes&description=described', { method: 'PUT', body: TEXT });
    const { record, takedownTime } = await takeDown('/~recorded/1', 'Spam, as reported.');
    expect(record).toMatch(/^takedown\/[0-9a-f]{20}\/0000000001\.json$/);
    const kept = await (await env.ARCHIVE.get(record))?.json();
    const { routingHash: stack } = insideOf('recorded');
    expect(kept).toEqual({ stack, number: 1, reason: 'Spam, as reported.', takedownTime });
  });

  it('stays when the account is erased', async () => {
    const ada = await signIn('recorded-erased');
    await ada.push(TEXT);
    const { record } = await takeDown('/~recorded-erased/1');
    const erased = await ada.ask('/v1/account?userId=recorded-erased', { method: 'DELETE' });
    expect(erased.status).toBe(200);
    expect(await env.ARCHIVE.head(record)).not.toBeNull();
  });

  it('comes first: where R2 takes none, nothing is taken down', async () => {
    const ada = await signIn('unrecorded');
    await ada.push(TEXT);
    const away = bucketWith({ put: () => Promise.reject(new Error('R2 is away')) });
    const answer = await runInDurableObject(insideOf('unrecorded').stub, (_stack, state) =>
      new Stack(state, { ...env, ARCHIVE: away }).takeDown({ kind: 'number', number: 1 }, ''),
    );
    expect(answer).toMatchObject({ ok: false, problem: { code: 'unavailable' } });
    expect((await ask('/~unrecorded')).status).toBe(200);
  });

  it('is there, and the archive’s deletion waits, where R2 fails after it', async () => {
    const ada = await signIn('deleted-later');
    await ada.push(TEXT);
    atSeconds(301);
    await ring('deleted-later');
    const deaf = bucketWith({ delete: () => Promise.reject(new Error('R2 is away')) });
    const answer = await runInDurableObject(insideOf('deleted-later').stub, (_stack, state) =>
      new Stack(state, { ...env, ARCHIVE: deaf }).takeDown({ kind: 'number', number: 1 }, ''),
    );
    expect(answer).toMatchObject({ ok: true, value: { isArchivePending: true, wasArchived: true } });
    expect((await ask('/~deleted-later')).status).toBe(404);
    expect(await keysOf('deleted-later')).toHaveLength(1);
    expect(await insideOf('deleted-later').alarm()).toBeLessThanOrEqual(Date.now());
    atSeconds(400);
    await insideOf('deleted-later').evict();
    await ring('deleted-later');
    expect(await keysOf('deleted-later')).toEqual([]);
  });
});

function askOperator(body: string): Promise<Response> {
  const init = shown(OPERATOR_TOKEN, { method: 'POST', body });
  return askInstance({ OPERATOR_TOKEN }, '/operator/takedown', init);
}

async function takeDown(address: string, reason = ''): Promise<TakenDown> {
  const answered = await askOperator(JSON.stringify({ address, reason }));
  if (!answered.ok) throw new Error(`the takedown was refused: ${await answered.text()}`);
  return answered.json<TakenDown>();
}

async function listOf(user: User): Promise<readonly { readonly id: string; readonly number: number }[]> {
  return (await (await user.ask('/v1/snippets')).json<{ snippets: { id: string; number: number }[] }>())
    .snippets;
}

/** The id of the newest. */
async function linkOf(user: User): Promise<string> {
  const [newest] = await listOf(user);
  if (!newest) throw new Error('nothing was pushed');
  return newest.id;
}
