// Limits by IP address: whoever asks too often for what isn't there is shut out for a while, and pushes without a key
// are counted. The platform's rate limit counts by minutes of the real clock, so exact numbers are tried with one of
// our own, and the real one is tried for that it is there at all.

import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { createKeySecret, writeKey } from '../../../worker/identity/key.ts';
import { answer } from '../../../worker/router.ts';
import { ask, origin, signIn, type User } from '../edge.ts';
import { atSeconds, insideOf, useOwnClock } from '../stack-inside.ts';

const { quota: MISSES } = limits.rates.misses;
const { quota: PUSHES } = limits.rates.anonymousPushes;

let ada: User;
let link: string;

beforeAll(async () => {
  ada = await signIn('scanned');
  await ada.push('found');
  link = await ada.push('linked', '?visibility=unlisted');
});

useOwnClock();

/** A rate limit as the platform's, but without a clock: so many by each key, then none. */
class Counted implements RateLimit {
  readonly keys: string[] = [];
  readonly #quota: number;

  constructor(quota: number) {
    this.#quota = quota;
  }

  limit({ key }: RateLimitOptions): Promise<RateLimitOutcome> {
    this.keys.push(key);
    return Promise.resolve({ success: this.keys.filter((known) => known === key).length <= this.#quota });
  }
}

/** Asks an instance whose limits are counted so; from an address, if one is named. */
function askCounted(
  rates: { misses?: Counted; pushes?: Counted },
  path: string,
  address: string | undefined,
  init: RequestInit = {},
): Promise<Response> {
  const headers = new Headers(init.headers);
  if (address !== undefined) headers.set('cf-connecting-ip', address);
  const counting = {
    ...env,
    MISS_RATE: rates.misses ?? new Counted(Number.POSITIVE_INFINITY),
    ANONYMOUS_PUSH_RATE: rates.pushes ?? new Counted(Number.POSITIVE_INFINITY),
  };
  return answer(new Request(`${origin}${path}`, { ...init, headers }), counting, createExecutionContext());
}

/** A link's id that can't be one. */
const NOWHERE = `/s/${'0'.repeat(22)}`;

function keyOfNobody(): string {
  const place = { routingHash: insideOf('nobody-at-all').routingHash, number: 1 };
  return writeKey(env.INSTANCE_SECRETS, 'key', place, createKeySecret().secret);
}

describe('thirty misses a minute', () => {
  it('are answered, the next is told to wait, and so is all that follows, until the minute is over', async () => {
    const misses = new Counted(MISSES);
    const from = '192.0.2.1';
    for (let count = 1; count <= MISSES; count++)
      expect([count, (await askCounted({ misses }, NOWHERE, from)).status]).toEqual([count, 404]);
    const refused = await askCounted({ misses }, NOWHERE, from);
    expect(refused.status).toBe(429);
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'retry-after': '60',
      'ratelimit-policy': '"misses";q=30;w=60',
      ratelimit: '"misses";r=0;t=60',
      'cache-control': 'no-store',
      'content-type': 'application/problem+json',
    });
    expect(await refused.json()).toMatchObject({
      code: 'rate_limited',
      limit: 30,
      retryAfterSeconds: 60,
      policy: 'misses',
    });

    atSeconds(20);
    for (const path of [NOWHERE, '/~scanned/1', link, '/health']) {
      const shutOut = await askCounted({ misses }, path, from);
      expect([path, shutOut.status, shutOut.headers.get('retry-after')]).toEqual([path, 429, '40']);
      expect(shutOut.headers.get('ratelimit')).toBe('"misses";r=0;t=40');
    }
    // Whoever is shut out isn't counted on: nothing is looked up for it.
    expect(misses.keys).toHaveLength(MISSES + 1);
    atSeconds(60);
    expect((await askCounted({ misses }, '/~scanned/1', from)).status).toBe(200);
  });

  it('too many again shut out for twice as long', async () => {
    const misses = new Counted(0);
    const from = '192.0.2.2';
    expect((await askCounted({ misses }, NOWHERE, from)).headers.get('retry-after')).toBe('60');
    atSeconds(60);
    expect((await askCounted({ misses }, NOWHERE, from)).headers.get('retry-after')).toBe('120');
  });

  it('are each address’s own; of IPv6, each subscriber’s', async () => {
    const misses = new Counted(1);
    await askCounted({ misses }, NOWHERE, '2001:db8:1:1::1');
    expect((await askCounted({ misses }, NOWHERE, '2001:db8:1:1::2')).status).toBe(429);
    expect((await askCounted({ misses }, '/~scanned/1', '2001:db8:1:1:9:9:9:9')).status).toBe(429);
    expect((await askCounted({ misses }, NOWHERE, '2001:db8:1:2::1')).status).toBe(404);
    expect((await askCounted({ misses }, NOWHERE, '192.0.2.3')).status).toBe(404);
    expect(misses.keys).toEqual(['2001:db8:1:1::/64', '2001:db8:1:1::/64', '2001:db8:1:2::/64', '192.0.2.3']);
  });

  it('with a key are counted apart from those without', async () => {
    const misses = new Counted(0);
    const from = '192.0.2.4';
    const bad = { headers: { authorization: `Bearer ${keyOfNobody()}` } };
    const good = { headers: { authorization: `Bearer ${ada.key}` } };
    expect((await askCounted({ misses }, NOWHERE, from)).status).toBe(429);
    expect((await askCounted({ misses }, '/v1/snippets', from, good)).status).toBe(200);
    expect((await askCounted({ misses }, '/v1/snippets', from, bad)).status).toBe(429);
    expect((await askCounted({ misses }, '/v1/snippets', from, good)).status).toBe(429);
    expect(misses.keys).toEqual([from, `${from} with a key`]);
    atSeconds(60);
    expect((await askCounted({ misses }, '/~scanned/1', from)).status).toBe(200);
  });

  it('through Connect are counted with the others, and told of as Connect tells', async () => {
    const misses = new Counted(1);
    const from = '192.0.2.9';
    const list = () =>
      askCounted({ misses }, '/pybin.v1.SnippetService/ListSnippets', from, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json', ...bearer(keyOfNobody()) },
      });
    const miss = await list();
    expect([miss.status, (await miss.json<{ code: string }>()).code]).toEqual([401, 'unauthenticated']);
    const refused = await list();
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({
      code: 'resource_exhausted',
      details: [{ debug: { code: 'rate_limited', policy: 'misses', retryAfterSeconds: 60 } }],
    });
    expect(misses.keys).toEqual([`${from} with a key`, `${from} with a key`]);
  });

  it('are not counted where the platform names no address, nor where limits are off', async () => {
    const misses = new Counted(0);
    expect((await askCounted({ misses }, NOWHERE, undefined)).status).toBe(404);
    const off = { ...env, RATE_LIMIT: 'off', MISS_RATE: misses };
    const request = new Request(`${origin}${NOWHERE}`, { headers: { 'cf-connecting-ip': '192.0.2.5' } });
    expect((await answer(request, off, createExecutionContext())).status).toBe(404);
    expect(misses.keys).toEqual([]);
  });

  it('are counted by the platform’s own limit, too', async () => {
    const statuses: number[] = [];
    // A minute of the real clock may end meanwhile, once.
    for (let count = 1; count <= 2 * MISSES + 1 && !statuses.includes(429); count++)
      statuses.push((await ask(NOWHERE, { headers: { 'cf-connecting-ip': '192.0.2.6' } })).status);
    expect(statuses.at(-1)).toBe(429);
    expect(statuses.length).toBeGreaterThan(MISSES);
  });
});

describe('a miss', () => {
  it.each<[string, string, RequestInit]>([
    ['an id with wrong check bits', NOWHERE, {}],
    ['what can’t be an id', '/s/x', {}],
    ['a user who isn’t there', '/~nobody-here', {}],
    ['a number that isn’t there', '/~scanned/99', {}],
    ['an alias that isn’t there', '/~scanned/nothing', {}],
    ['the same raw', '/raw/~scanned/99', {}],
    ['a HEAD of it', NOWHERE, { method: 'HEAD' }],
    ['a reveal', `${NOWHERE}/reveal`, { method: 'POST' }],
    ['a browser’s', NOWHERE, { headers: { accept: 'text/html' } }],
    ['a key that isn’t one', '/v1/snippets', { headers: { authorization: 'Bearer pyb_x' } }],
    [
      'a key with a made-up secret',
      '/',
      { method: 'POST', headers: { authorization: `Bearer ${keyOfNobody()}` } },
    ],
  ])('is %s', async (_what, path, init) => {
    const misses = new Counted(Number.POSITIVE_INFINITY);
    expect([401, 404]).toContain((await askCounted({ misses }, path, '192.0.2.7', init)).status);
    expect(misses.keys).toHaveLength(1);
  });

  it.each<[string, number, string, () => RequestInit]>([
    ['what is there', 200, '/~scanned/1', () => ({})],
    ['an owner’s own, empty answer', 200, '/v1/account/reads', () => ({ headers: bearer(ada.key) })],
    ['no key where one is needed', 401, '/v1/snippets', () => ({})],
    ['a request that isn’t valid', 400, '/?ttl=never', () => ({ method: 'POST', headers: bearer(ada.key) })],
    ['a wrong method', 405, '/~scanned', () => ({ method: 'DELETE' })],
  ])('isn’t %s: %i', async (_what, status, path, init) => {
    const misses = new Counted(Number.POSITIVE_INFINITY);
    expect((await askCounted({ misses }, path, '192.0.2.8', init())).status).toBe(status);
    expect(misses.keys).toEqual([]);
  });
});

describe('pushes without a key', () => {
  const push = { method: 'POST', body: 'anonymous' };

  it('are ten a minute from one address, and the next is told when to come back', async () => {
    const pushes = new Counted(PUSHES);
    const from = '192.0.2.20';
    for (let count = 1; count <= PUSHES; count++)
      expect([count, (await askCounted({ pushes }, '/', from, push)).status]).toEqual([count, 201]);
    const refused = await askCounted({ pushes }, '/name.py', from, { method: 'PUT', body: 'x' });
    expect(refused.status).toBe(429);
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'retry-after': '60',
      'ratelimit-policy': '"anonymousPushes";q=10;w=60',
      ratelimit: '"anonymousPushes";r=0;t=60',
    });
    expect(await refused.json()).toMatchObject({
      code: 'rate_limited',
      limit: 10,
      policy: 'anonymousPushes',
    });
    // Reading goes on, and so does pushing with a key, or from elsewhere.
    expect((await askCounted({ pushes }, '/~scanned/1', from)).status).toBe(200);
    const withKey = { ...push, headers: bearer(ada.key) };
    expect((await askCounted({ pushes }, '/', from, withKey)).status).toBe(201);
    expect((await askCounted({ pushes }, '/', '192.0.2.21', push)).status).toBe(201);
    expect(pushes.keys.filter((key) => key === from)).toHaveLength(PUSHES + 1);
  });

  it('are refused before their body is read', async () => {
    let isAsked = false;
    const body = new ReadableStream(
      {
        pull(controller) {
          isAsked = true;
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const refused = await askCounted({ pushes: new Counted(0) }, '/', '192.0.2.22', { method: 'POST', body });
    expect([refused.status, isAsked]).toEqual([429, false]);
  });

  it('are counted by subscriber, and not at all where the platform names no address', async () => {
    const pushes = new Counted(1);
    expect((await askCounted({ pushes }, '/', '2001:db8:2::1', push)).status).toBe(201);
    expect((await askCounted({ pushes }, '/', '2001:db8:2::2', push)).status).toBe(429);
    expect((await askCounted({ pushes }, '/', undefined, push)).status).toBe(201);
    expect(pushes.keys).toEqual(['2001:db8:2:0::/64', '2001:db8:2:0::/64']);
  });

  it('are counted by the platform’s own limit, too', async () => {
    const statuses: number[] = [];
    for (let count = 1; count <= 2 * PUSHES + 1 && !statuses.includes(429); count++)
      statuses.push((await ask('/', { ...push, headers: { 'cf-connecting-ip': '192.0.2.23' } })).status);
    expect(statuses.at(-1)).toBe(429);
    expect(statuses.length).toBeGreaterThan(PUSHES);
  });
});

function bearer(key: string): { authorization: string } {
  return { authorization: `Bearer ${key}` };
}
