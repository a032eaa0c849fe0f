// Pushes without a key: read by their link, deleted by the token they came with, limited by IP address, and
// switched off where an instance wants none.

import { env } from 'cloudflare:workers';
import { createExecutionContext, listDurableObjectIds } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { answer } from '../../../worker/router.ts';
import { ask, origin, signIn } from '../edge.ts';
import { expectProblem, type ExpectedProblem } from './problem.ts';
import { nobody, numbersOf, pushed, type Pushed, somebody } from './pushed.ts';

const TOKEN = /^pyb_[0-9A-Za-z]{65}$/;

const bearer = (token = '') => ({ authorization: `Bearer ${token}` });
const remove = (id: string, token = '') => ask(`/s/${id}`, { method: 'DELETE', headers: bearer(token) });

describe('a push without a key', () => {
  it.each([
    ['POST', '/'],
    ['PUT', '/'],
    ['PUT', '/notes.py'],
  ])('is answered with its link alone: %s %s', async (method, path) => {
    const answered = await ask(path, { method, body: 'for whoever has the link' });
    expect(answered.status).toBe(201);
    const address = answered.headers.get('location') ?? '';
    expect(address).toMatch(/^http:\/\/localhost\/s\/[0-9A-Za-z]{22}$/);
    expect(await answered.text()).toBe(`${address}\n`);
    const read = await ask(new URL(address).pathname);
    expect(read.headers.get('cache-control')).toBe('private, no-store');
    expect(read.headers.get('access-control-allow-origin')).toBeNull();
    expect(await read.text()).toBe('for whoever has the link');
  });

  it('tells its token in a header, in JSON too, and nowhere else', async () => {
    const answered = await ask('/', {
      method: 'POST',
      body: 'x',
      headers: { accept: 'application/json' },
    });
    expect(answered.headers.get('cache-control')).toBe('no-store');
    const token = answered.headers.get('pybin-delete-token') ?? '';
    expect(token).toMatch(TOKEN);
    const { id, deleteToken, visibility } = await answered.json<Pushed>();
    expect({ deleteToken, visibility }).toEqual({ deleteToken: token, visibility: 'unlisted' });
    const read = await ask(`/s/${id}`);
    expect(JSON.stringify([...read.headers]) + (await read.text())).not.toContain(token.slice(26));
  });

  it('gives no token where the owner’s key deletes', async () => {
    const ada = await signIn('anonymous-not');
    const answered = await ada.ask('/', {
      method: 'POST',
      body: 'x',
      headers: { accept: 'application/json' },
    });
    expect(answered.headers.get('pybin-delete-token')).toBeNull();
    expect(Object.keys(await answered.json<Pushed>())).not.toContain('deleteToken');
  });

  it('takes the options that need no owner', async () => {
    const query = '?ttl=90m&description=why&language=python&visibility=unlisted';
    const { id, expireTime } = await pushed(nobody, 'x', query);
    expect(Date.parse(expireTime) - Date.now()).toBeGreaterThan(89 * 60_000);
    const page = await (await ask(`/s/${id}`, { headers: { accept: 'text/html' } })).text();
    expect(page).toContain('<p>why</p>');
    expect(page).toContain('python');
  });

  it('takes a form', async () => {
    const form = new FormData();
    form.append('f', new File(['from a form\r\n'], 'a.py'));
    const answered = await ask('/', { method: 'POST', body: form });
    const { pathname } = new URL(answered.headers.get('location') ?? '');
    expect(await (await ask(pathname)).text()).toBe('from a form\r\n');
  });

  it('takes as much as any push, and no byte more', async () => {
    const answered = await ask('/', { method: 'POST', body: 'x'.repeat(limits.textBytes) });
    const { pathname } = new URL(answered.headers.get('location') ?? '');
    expect((await ask(pathname, { method: 'HEAD' })).headers.get('content-length')).toBe(
      String(limits.textBytes),
    );
    await expectProblem(await ask('/', { method: 'POST', body: 'x'.repeat(limits.textBytes + 1) }), {
      code: 'too_large',
      field: 'text',
      limit: limits.textBytes,
    });
  });

  it.each([
    ['alias=notes', 'alias'],
    ['visibility=public', 'visibility'],
    ['visibility=private', 'visibility'],
    ['burn=1&visibility=private', 'visibility'],
    ['ttl=366d', 'ttl'],
    ['name=x', 'name'],
  ])('is refused with what needs an owner, or is wrong: %s', async (query, field) => {
    const before = await listDurableObjectIds(env.STACK);
    await expectProblem(await ask(`/?${query}`, { method: 'POST', body: 'x' }), {
      code: 'invalid_argument',
      field,
    });
    expect(await listDurableObjectIds(env.STACK)).toHaveLength(before.length);
  });

  it.each(['', 'secret', `pyb_${'0'.repeat(65)}`])(
    'is none where a key is shown that isn’t one: "%s"',
    async (key) => {
      const headers = { authorization: `Bearer ${key}` };
      await expectProblem(await ask('/', { method: 'POST', body: 'x', headers }), {
        code: 'unauthenticated',
      });
    },
  );

  it('is by the doors of curl only: the contract knows its callers', async () => {
    for (const path of ['/v1/snippets', '/pybin.v1.SnippetService/CreateSnippet']) {
      const headers = { 'content-type': 'application/json' };
      const answered = await ask(path, { method: 'POST', body: '{"text":"x"}', headers });
      expect(answered.status).toBe(401);
    }
  });
});

describe('a delete token', () => {
  it('deletes what it came with', async () => {
    const { id, deleteToken } = await pushed(nobody, 'regretted');
    const deleted = await remove(id, deleteToken);
    expect(deleted.status).toBe(204);
    expect(await deleted.text()).toBe('');
    await expectProblem(await ask(`/s/${id}`), { code: 'not_found' });
  });

  it('is of no use afterwards', async () => {
    const { id, deleteToken } = await pushed(nobody, 'regretted');
    await remove(id, deleteToken);
    expect([401, 404]).toContain((await remove(id, deleteToken)).status);
  });

  it('deletes nothing else: not another’s, not a user’s', async () => {
    const own = await pushed(nobody, 'own');
    const others = [await pushed(nobody, 'another’s'), await pushed(await somebody(), 'a user’s')];
    for (const { id } of others) {
      await expectProblem(await remove(id, own.deleteToken), { code: 'not_found' });
      expect((await ask(`/s/${id}`)).status).toBe(200);
    }
  });

  it('is refused where it is another’s, or made up', async () => {
    const one = await pushed(nobody, 'one');
    const two = await pushed(nobody, 'two');
    const mixed = `${one.deleteToken?.slice(0, 26)}${two.deleteToken?.slice(26)}`;
    await expectProblem(await remove(one.id, two.deleteToken), { code: 'not_found' });
    await expectProblem(await remove(one.id, mixed), { code: 'unauthenticated' });
    await expectProblem(await ask(`/s/${one.id}`, { method: 'DELETE' }), { code: 'unauthenticated' });
    expect((await ask(`/s/${one.id}`)).status).toBe(200);
  });

  it.each<[string, (id: string) => [string, RequestInit]]>([
    ['push', () => ['/', { method: 'POST', body: 'x' }]],
    ['push by the contract', () => ['/v1/snippets', { method: 'POST', body: '{"text":"x"}' }]],
    ['replace', (id) => [`/s/${id}`, { method: 'PUT', body: 'x' }]],
    ['replace by the contract', (id) => [`/v1/snippets/${id}`, { method: 'PUT', body: '{"text":"x"}' }]],
    ['pop', () => ['/v1/snippets/pop', { method: 'POST' }]],
    ['list', () => ['/v1/snippets', {}]],
    ['read the latest as an owner', () => ['/v1/snippets/latest', {}]],
    ['read it as an owner', (id) => [`/v1/snippets/${id}`, {}]],
    ['read it by its link as an owner', (id) => [`/s/${id}`, {}]],
    ['read the account', () => ['/v1/account', {}]],
    [
      'change the account',
      () => ['/v1/account', { method: 'PATCH', body: '{"defaultVisibility":"VISIBILITY_PUBLIC"}' }],
    ],
    ['count reads', () => ['/v1/account/reads', {}]],
    ['get a ticket', () => ['/v1/live/tickets', { method: 'POST' }]],
    ['watch', () => ['/v1/live', { headers: { upgrade: 'websocket' } }]],
    ['list keys', () => ['/v1/keys', {}]],
    ['make a key', () => ['/v1/keys', { method: 'POST', body: '{"name":"x","scope":"KEY_SCOPE_READ"}' }]],
    ['revoke a key by its number', () => ['/v1/keys/1', { method: 'DELETE' }]],
  ])('can’t %s', async (_what, request) => {
    const { id, deleteToken } = await pushed(nobody, 'kept');
    const [path, init] = request(id);
    const headers = { ...bearer(deleteToken), ...Object.fromEntries(new Headers(init.headers)) };
    await expectProblem(await ask(path, { ...init, headers }), { code: 'forbidden' });
    expect(await (await ask(`/s/${id}`)).text()).toBe('kept');
  });
});

const retry = (text: string, requestId: string, address: string) =>
  pushed(nobody, text, '', { 'idempotency-key': requestId, 'cf-connecting-ip': address });

describe('a retry of a push without a key', () => {
  it('gives the same link and the same token', async () => {
    const first = await retry('once', 'again', '198.51.100.1');
    expect(await retry('once', 'again', '198.51.100.1')).toEqual(first);
    expect((await remove(first.id, first.deleteToken)).status).toBe(204);
  });

  it('of many at once is one snippet', async () => {
    const pushes = Array.from({ length: 5 }, () => retry('once', 'at once', '198.51.100.2'));
    expect(new Set((await Promise.all(pushes)).map(({ id }) => id)).size).toBe(1);
  });

  it.each([
    ['another text', () => retry('two', 'chosen', '198.51.100.3')],
    ['another id', () => retry('one', 'chosen too', '198.51.100.3')],
    ['another address', () => retry('one', 'chosen', '198.51.100.4')],
    ['no id', () => pushed(nobody, 'one')],
  ])('with %s is another push, on a stack of its own', async (_what, other) => {
    const one = await retry('one', 'chosen', '198.51.100.3');
    const two = await other();
    expect(two.id).not.toBe(one.id);
    expect(two.deleteToken?.slice(26)).not.toBe(one.deleteToken?.slice(26));
    await expectProblem(await remove(one.id, two.deleteToken), { code: 'not_found' });
    expect((await ask(`/s/${one.id}`)).status).toBe(200);
  });
});

describe('an instance that takes no push without a key', () => {
  const off = { ...env, ANONYMOUS_PUSHES: 'off' };
  const askOff = (path: string, init: RequestInit) =>
    answer(new Request(`${origin}${path}`, init), off, createExecutionContext());

  it.each([
    ['POST', '/'],
    ['PUT', '/'],
    ['PUT', '/notes.py'],
  ])('refuses it and wakes nothing: %s %s', async (method, path) => {
    const before = await listDurableObjectIds(env.STACK);
    await expectProblem(await askOff(path, { method, body: 'x' }), { code: 'unauthenticated' });
    expect(await listDurableObjectIds(env.STACK)).toHaveLength(before.length);
  });

  it.each(['OFF', 'no', '', 'On'])('does so too where its switch says "%s"', async (word) => {
    const refused = await answer(
      new Request(origin, { method: 'POST', body: 'x' }),
      { ...env, ANONYMOUS_PUSHES: word },
      createExecutionContext(),
    );
    await expectProblem(refused, { code: 'unauthenticated' });
  });

  it('takes those with a key, and deletes what was pushed before', async () => {
    const ada = await somebody();
    const accepted = await askOff('/', { method: 'POST', body: 'x', headers: bearer(ada.key) });
    expect(accepted.status).toBe(201);
    const { id, deleteToken } = await pushed(nobody, 'before');
    const deleted = await askOff(`/s/${id}`, { method: 'DELETE', headers: bearer(deleteToken) });
    expect(deleted.status).toBe(204);
  });
});

const pushFrom = (address: string, headers: Record<string, string> = {}) =>
  ask('/', { method: 'POST', body: 'x', headers: { 'cf-connecting-ip': address, ...headers } });

describe('pushes without a key are limited by IP address', () => {
  const { quota } = limits.rates.anonymousPushes;
  const limited: ExpectedProblem = { code: 'rate_limited', policy: 'anonymousPushes', limit: quota };

  /** Pushes until it is refused. A minute may end meanwhile, two can't. */
  async function pushUntilRefused(addressOf: (count: number) => string): Promise<Response> {
    for (let count = 0; count <= 2 * quota; count++) {
      const answered = await pushFrom(addressOf(count));
      if (answered.status !== 201) {
        expect(count).toBeGreaterThanOrEqual(quota);
        return answered;
      }
    }
    throw new Error('it was never refused');
  }

  it('to ten a minute, and the next is told when to come back', async () => {
    const refused = await pushUntilRefused(() => '203.0.113.1');
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(refused.headers.get('ratelimit-policy')).toBe('"anonymousPushes";q=10;w=60');
    expect(refused.headers.get('ratelimit')).toBe('"anonymousPushes";r=0;t=60');
    await expectProblem(refused, limited);
    expect((await pushFrom('203.0.113.2')).status).toBe(201);
  });

  it('where IPv6 counts by what one subscriber has', async () => {
    const written = ['2001:db8:1:2::1', '2001:DB8:1:2:ffff:ffff:ffff:ffff', '2001:0db8:0001:0002::9'];
    await expectProblem(await pushUntilRefused((count) => written[count % 3] ?? ''), limited);
    expect((await pushFrom('2001:db8:1:3::1')).status).toBe(201);
  });

  it('and a key is not', async () => {
    await pushUntilRefused(() => '203.0.113.3');
    const ada = await somebody();
    expect((await pushFrom('203.0.113.3', bearer(ada.key))).status).toBe(201);
    expect(await numbersOf(ada)).toEqual([1]);
  });
});
