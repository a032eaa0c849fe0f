// Every route of the router, held to the same table: its methods, who may ask, what it reads of a body, and what
// becomes of a query that nobody knows.

import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { limits } from '../../../shared/limits.ts';
import { problems, type ProblemCode } from '../../../shared/problem.ts';
import { createKeySecret, writeKey } from '../../../worker/identity/key.ts';
import { routingHashOf } from '../../../worker/ids/routing-hash.ts';
import { routes } from '../../../worker/router.ts';
import { forEachMethod } from '../../../worker/services/methods.ts';
import { ask, signIn, type User } from '../edge.ts';
import { atSeconds, useOwnClock } from '../stack-inside.ts';
import { expectProblem } from './problem.ts';
import {
  askAsOwner,
  askGood,
  createScene,
  type Good,
  isOpenToAll,
  type Route,
  routeRows,
  routeTable,
  type Scene,
} from './scene.ts';

const notUtf8 = new Uint8Array([0x7b, 0xff, 0x7d]);

useOwnClock();

/** What every refusal leaves as it is. */
let still: Scene;
/** Somebody else, who has snippets of the same numbers. */
let eve: User;
let seconds = 0;

beforeAll(async () => {
  still = await createScene();
  eve = (await createScene()).owner;
});

// What one may do in a second is not the matter here.
beforeEach(() => {
  seconds += 1;
  atSeconds(seconds);
});

const rowsWith = (matches: (route: Route) => boolean) => routeRows.filter(([, route]) => matches(route));

describe('the table', () => {
  it('names every route of the router, and none besides', () => {
    const names = routes.map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(routeTable).toSorted()).toEqual(names.toSorted());
  });

  it.each(routeRows)('has a good request for %s', async (_name, route) => {
    const scene = await createScene();
    expect((await askAsOwner(route, route.good(scene), scene)).status).toBe(route.status);
  });
});

describe('a method that an address doesn’t answer', () => {
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY'];

  const addresses: [string, (scene: Scene) => string, string][] = [
    ['/~:user', ({ owner }) => `/~${owner.userId}`, 'GET HEAD PUT'],
    ['/raw/~:user', ({ owner }) => `/raw/~${owner.userId}`, 'GET HEAD'],
    ['/~:user/:name', ({ owner }) => `/~${owner.userId}/1`, 'GET HEAD'],
    ['/raw/~:user/:name', ({ owner }) => `/raw/~${owner.userId}/1`, 'GET HEAD'],
    ['/s/:id', ({ id }) => `/s/${id}`, 'GET HEAD PUT DELETE'],
    ['/raw/s/:id', ({ id }) => `/raw/s/${id}`, 'GET HEAD'],
    ['/s/:id/reveal', ({ id }) => `/s/${id}/reveal`, 'POST'],
    ['/v1/live', () => '/v1/live', 'GET HEAD'],
    ['/', () => '/', 'GET HEAD POST PUT'],
    ['/:name', () => '/name.py', 'PUT'],
    ['/health', () => '/health', 'GET HEAD PUT'],
    ['/version', () => '/version', 'GET HEAD PUT'],
    ['/sign-in', () => '/sign-in', 'GET HEAD PUT'],
    ['/sign-in/local', () => '/sign-in/local', 'POST'],
    ['/sign-in/register', () => '/sign-in/register', 'GET HEAD POST'],
    ['/sign-in/free', () => '/sign-in/free', 'GET HEAD'],
    ['/sign-in/google', () => '/sign-in/google', 'POST'],
    ['/sign-in/google/callback', () => '/sign-in/google/callback', 'GET HEAD'],
    ['/sign-in/github', () => '/sign-in/github', 'POST'],
    ['/sign-in/github/callback', () => '/sign-in/github/callback', 'GET HEAD'],
    ['/sign-in/facebook', () => '/sign-in/facebook', 'POST'],
    ['/sign-in/facebook/callback', () => '/sign-in/facebook/callback', 'GET HEAD'],
    ['/sign-in/oidc', () => '/sign-in/oidc', 'POST'],
    ['/sign-in/oidc/callback', () => '/sign-in/oidc/callback', 'GET HEAD'],
    ['/sign-out', () => '/sign-out', 'GET HEAD POST PUT'],
    ['/sign-out/everywhere', () => '/sign-out/everywhere', 'POST'],
    ['/v1/snippets', () => '/v1/snippets', 'GET HEAD POST'],
    // Neither "latest" nor "pop" is an id: the methods of an id answer 404 there.
    ['/v1/snippets/latest', () => '/v1/snippets/latest', 'GET HEAD PUT DELETE'],
    ['/v1/snippets/pop', () => '/v1/snippets/pop', 'GET HEAD POST PUT DELETE'],
    ['/v1/snippets/:id', ({ id }) => `/v1/snippets/${id}`, 'GET HEAD PUT DELETE'],
    ['/v1/account', () => '/v1/account', 'GET HEAD PATCH DELETE'],
    ['/v1/account/export', () => '/v1/account/export', 'GET HEAD'],
    ['/v1/history', () => '/v1/history', 'GET HEAD'],
    ['/v1/history/:id', ({ id }) => `/v1/history/${id}`, 'GET HEAD DELETE'],
    ['/v1/history/:id/restore', ({ id }) => `/v1/history/${id}/restore`, 'POST'],
    // Without a token these look like any other address.
    ['/metrics', () => '/metrics', 'PUT'],
    ['/account', () => '/account', 'GET HEAD PUT'],
    ['/account/pushes', () => '/account/pushes', 'POST'],
    ['/account/keys', () => '/account/keys', 'POST'],
    ['/account/keys/:number/revoke', () => '/account/keys/1/revoke', 'POST'],
    ['/account/identities/remove', () => '/account/identities/remove', 'POST'],
    ['/account/sessions/:number/end', () => '/account/sessions/1/end', 'POST'],
    ['/account/erase', () => '/account/erase', 'POST'],
    ['/connect', () => '/connect', 'GET HEAD POST PUT'],
    ['/v1/sign-in/code', () => '/v1/sign-in/code', 'POST'],
    ['/v1/sign-in/device', () => '/v1/sign-in/device', 'POST'],
    ['/v1/sign-in/device/token', () => '/v1/sign-in/device/token', 'POST'],
    ['/device', () => '/device', 'GET HEAD POST PUT'],
    ['/device/answer', () => '/device/answer', 'POST'],
    ['/v1/account/reads', () => '/v1/account/reads', 'GET HEAD'],
    ['/v1/live/tickets', () => '/v1/live/tickets', 'POST'],
    ['/mcp', () => '/mcp', 'POST PUT'],
    ['/v1/keys', () => '/v1/keys', 'GET HEAD POST'],
    ['/v1/keys/:number', () => '/v1/keys/1', 'DELETE'],
    // "revoke" is no number: its method answers 400 there.
    ['/v1/keys/revoke', () => '/v1/keys/revoke', 'POST DELETE'],
    ...routes
      .filter(({ path }) => path.startsWith('/pybin.'))
      .map(({ path }): [string, () => string, string] => [path, () => path, 'POST']),
  ];

  it('is looked for at every address', () => {
    const unseen = '/operator/takedown';
    expect(new Set([...addresses.map(([path]) => path), unseen])).toEqual(
      new Set(routes.map(({ path }) => path)),
    );
  });

  it.each(addresses)(
    'is refused at %s, with those that it answers in Allow',
    async (_path, pathIn, allowed) => {
      const path = pathIn(still);
      for (const method of methods.filter((each) => !allowed.split(' ').includes(each))) {
        const answer = await ask(path, { method });
        // Where one only pushes a name, there is nothing to read: no more than at any other address.
        const isRead = method === 'GET' || method === 'HEAD';
        if (allowed === 'PUT' && isRead) {
          expect(answer.status).toBe(404);
          continue;
        }
        expect(`${method} ${answer.status}`).toBe(`${method} 405`);
        expect(answer.headers.get('allow')?.split(', ').toSorted()).toEqual(allowed.split(' ').toSorted());
        if (method === 'HEAD') expect(await answer.text()).toBe('');
        else await expectProblem(answer, { code: 'method_not_allowed' });
      }
    },
  );

  it('is refused as a page to a browser', async () => {
    const answer = await ask('/v1/account', { method: 'POST', headers: { accept: 'text/html' } });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, PATCH, DELETE');
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });
});

const as = (authorization: string) => ask('/v1/account', { headers: { authorization } });

describe('a key is asked for, and nothing happens without a good one', () => {
  let revoked: { key: string; scene: Scene };

  beforeAll(async () => {
    const scene = await createScene();
    for (let count = 0; count < limits.keysPerUser; count++) await signIn(scene.owner.userId);
    revoked = { key: scene.owner.key, scene };
  });

  const keyed = rowsWith(({ needs }) => needs !== 'nothing');

  it.each(keyed)('%s without one', async (_name, { good, body }) => {
    await expectUntouched(async () => expectRefused(await askGood(good(still)), body, 'unauthenticated'));
  });

  it.each(routeRows.filter(([name]) => !isOpenToAll(name)))(
    '%s with one that can’t be, or isn’t its owner’s',
    async (_name, { good, body }) => {
      const [ours, others] = [still.owner.key, revoked.key];
      await expectUntouched(async () => {
        for (const key of [
          '',
          'secret',
          `pyb_${'0'.repeat(65)}`,
          ours.slice(0, -1),
          `${ours}0`,
          ours.toUpperCase(),
          ours.replace('pyb_', 'pyt_'),
          `${ours.slice(0, 26)}${others.slice(26)}`,
          `${ours} ${ours}`,
        ]) {
          await expectRefused(await askGood(good(still), key), body, 'unauthenticated', key);
        }
      });
    },
  );

  it.each(keyed)('%s with one of a user who isn’t there', async (_name, { good, body }) => {
    const place = { routingHash: routingHashOf('never-signed-in'), number: 1 };
    const key = writeKey(env.INSTANCE_SECRETS, 'key', place, createKeySecret().secret);
    const answer = await askGood(good(still), key);
    // Another's snippet is none of theirs before their key is looked at.
    expect([401, 404]).toContain(answer.status);
    if (answer.status === 401) await expectRefused(answer, body, 'unauthenticated');
  });

  it.each(keyed)('%s with one that was revoked', async (_name, { good, body }) => {
    await expectRefused(await askGood(good(revoked.scene), revoked.key), body, 'unauthenticated');
  });

  it.each(keyed)('%s with one that may only read', async (_name, { good, body, needs, status }) => {
    await expectUntouched(async () => {
      const answer = await askGood(good(still), still.readKey);
      if (needs === 'read') expect(answer.status).toBe(status);
      else await expectRefused(answer, body, needs === 'session' ? 'unauthenticated' : 'forbidden');
    });
  });

  it.each(keyed.filter(([name]) => /:id|\/(Get|Update|Delete)Snippet$/.test(name)))(
    '%s with another’s, to whom it looks like none',
    async (_name, { good, body }) => {
      await expectUntouched(async () =>
        expectRefused(await askGood(good(still), eve.key), body, 'not_found'),
      );
    },
  );

  it('and is read as RFC 6750 has it', async () => {
    const { owner } = still;
    for (const good of [`Bearer ${owner.key}`, `bearer ${owner.key}`, `BEARER   ${owner.key}  `])
      expect((await as(good)).status).toBe(200);
    for (const bad of [
      owner.key,
      `Basic ${btoa(`:${owner.key}`)}`,
      `Bearer`,
      `Bearer${owner.key}`,
      `Token ${owner.key}`,
    ]) {
      const answer = await as(bad);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="pybin"');
      await expectProblem(answer, { code: 'unauthenticated' });
    }
  });
});

describe('a body that isn’t what its route reads', () => {
  const textRows = rowsWith(({ body }) => body === 'text');
  const jsonRows = rowsWith(({ body }) => body === 'json');
  const connectRows = rowsWith(({ body }) => body === 'connect');

  it.each(textRows)('%s refuses what is no text', async (_name, { good }) => {
    await expectUntouched(async () => {
      const cases: [BodyInit, Record<string, string>, ProblemCode][] = [
        [notUtf8, {}, 'not_text'],
        [notUtf8, { 'content-type': 'text/plain; charset=latin1' }, 'not_text'],
        ['x', { 'content-encoding': 'br' }, 'not_text'],
        ['x', { 'content-encoding': 'zstd' }, 'not_text'],
        ['x', { 'content-encoding': 'gzip' }, 'invalid_argument'],
        [gzipSync(notUtf8), { 'content-encoding': 'gzip' }, 'not_text'],
        ['x', { 'content-type': 'multipart/form-data' }, 'invalid_argument'],
        ['x', { 'content-type': 'multipart/form-data; boundary=b' }, 'invalid_argument'],
      ];
      for (const [body, headers, code] of cases)
        await expectProblem(await askGood(withBody(good(still), body, headers), still.owner.key), { code });
    });
  });

  it.each(textRows)('%s takes any text, whatever it is called', async (_name, { good, status }) => {
    const scene = await createScene();
    const cases: [BodyInit, Record<string, string>][] = [
      ['', {}],
      ['{', { 'content-type': 'application/json' }],
      ['a=1', { 'content-type': 'application/x-www-form-urlencoded' }],
      ['x', { 'content-type': 'nonsense' }],
      [gzipSync('x'), { 'content-encoding': 'gzip' }],
    ];
    for (const [body, headers] of cases) {
      const answer = await askGood(withBody(good(scene), body, headers), scene.owner.key);
      expect(answer.status).toBe(status);
    }
  });

  it.each(jsonRows)('%s refuses what is no JSON object', async (_name, { good }) => {
    await expectUntouched(async () => {
      const cases: [BodyInit, ProblemCode][] = [
        ['{', 'invalid_argument'],
        ['{}{}', 'invalid_argument'],
        ['[]', 'invalid_argument'],
        ['"text"', 'invalid_argument'],
        ['null', 'invalid_argument'],
        ['1', 'invalid_argument'],
        ['\uFEFF{}', 'invalid_argument'],
        ['text=x', 'invalid_argument'],
        [notUtf8, 'not_text'],
        [gzipSync('{}'), 'not_text'],
        ['{"nobody-knows":1}', 'invalid_argument'],
        ['{"__proto__":{"text":"x"}}', 'invalid_argument'],
        ['{"constructor":{}}', 'invalid_argument'],
        ['['.repeat(50_000), 'invalid_argument'],
        [`{"text":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'invalid_argument'],
      ];
      for (const [body, code] of cases)
        await expectProblem(await askGood(withBody(good(still), body), still.owner.key), { code });
    });
  });

  it('names the field that has the wrong form, for each field of each method', async () => {
    const wrong: { path: string; verb: string; field: string }[] = [];
    forEachMethod(({ description, rest }) => {
      if (!rest.hasBody) return;
      const path = rest.path.replace(':id', still.id);
      for (const { jsonName } of description.input.fields)
        if (!rest.path.includes(`:${jsonName}`)) wrong.push({ path, verb: rest.verb, field: jsonName });
    });
    expect(wrong.length).toBeGreaterThan(20);
    await expectUntouched(async () => {
      for (const { path, verb, field } of wrong) {
        const init = { method: verb, body: JSON.stringify({ [field]: [[]] }) };
        await expectProblem(await still.owner.ask(path, init), { code: 'invalid_argument', field });
      }
    });
  });

  it('is none where a method needs nothing to be said', async () => {
    const saying = new Set(['POST /v1/snippets', 'POST /v1/keys']);
    for (const [name, { good, status }] of jsonRows.filter(([each]) => !saying.has(each))) {
      const scene = await createScene();
      const { path, init } = good(scene);
      const { body: _body, ...bare } = init;
      expect(`${name} ${(await askGood({ path, init: bare }, scene.owner.key)).status}`).toBe(
        `${name} ${status}`,
      );
    }
  });

  it.each(connectRows)('%s refuses what is no message', async (_name, { good }) => {
    const asJson = { 'content-type': 'application/json' };
    const asProto = { 'content-type': 'application/proto' };
    await expectUntouched(async () => {
      const cases: [number, BodyInit, Record<string, string>][] = [
        [415, '{}', { 'content-type': 'text/plain' }],
        [415, '{}', { 'content-type': 'application/grpc' }],
        [415, '{}', { 'content-type': 'application/connect+json' }],
        [400, '{', asJson],
        [400, '[]', asJson],
        [400, notUtf8, asJson],
        [400, new Uint8Array([0xff, 0xff]), asProto],
        // A field without its value, and a length beyond the end.
        [400, new Uint8Array([0x0a]), asProto],
        [400, new Uint8Array([0x7a, 0x7f]), asProto],
        [400, '{}', { ...asJson, 'content-encoding': 'gzip' }],
        [400, '{}', { ...asJson, 'content-encoding': 'br' }],
        [400, '{}', { ...asJson, 'connect-timeout-ms': 'soon' }],
      ];
      for (const [status, body, headers] of cases) {
        const answer = await askGood(withBody(good(still), body, headers), still.owner.key);
        expect(`${JSON.stringify(headers)} ${answer.status}`).toBe(`${JSON.stringify(headers)} ${status}`);
      }
    });
  });
});

describe('a query that nobody knows', () => {
  it.each(rowsWith(({ query }) => query === 'refused'))('is refused by name: %s', async (_name, { good }) => {
    await expectUntouched(async () => {
      const { path, init } = good(still);
      for (const [query, field] of [
        ['nobody-knows=1', 'nobody-knows'],
        ['__proto__=1', '__proto__'],
        ['%0d%0aset-cookie:x=1', '\r\nset-cookie:x'],
        ['=', ''],
      ] as const) {
        const asked = `${path}${path.includes('?') ? '&' : '?'}${query}`;
        const answer = await askGood({ path: asked, init }, still.owner.key);
        expect(answer.headers.get('set-cookie')).toBeNull();
        await expectProblem(answer, { code: 'invalid_argument', ...(field !== '' && { field }) });
      }
    });
  });

  it.each(rowsWith(({ query }) => query === 'ignored'))(
    'changes nothing of what is read: %s',
    async (_name, route) => {
      const scene = await createScene();
      const { path, init } = route.good(scene);
      const query = `${path.includes('?') ? '&' : '?'}utm_source=chat&x=%00%ff`;
      const answer = await askAsOwner(route, { path: path + query, init }, scene);
      expect(answer.status).toBe(route.status);
    },
  );
});

/** A refusal in the words of the route: the contract has its own form over Connect. */
async function expectRefused(
  answer: Response,
  body: Route['body'],
  code: ProblemCode,
  what?: string,
): Promise<void> {
  expect({ what, status: answer.status }).toEqual({ what, status: problems[code].status });
  if (body === 'connect') expect(answer.headers.get('content-type')).toBe('application/json');
  else await expectProblem(answer, { code });
}

/** Expects that what happens changes nothing, neither for the owner nor for somebody else. */
async function expectUntouched(happen: () => Promise<void>): Promise<void> {
  const before = await look();
  await happen();
  expect(await look()).toEqual(before);
}

function look(): Promise<unknown[]> {
  return Promise.all(
    [still.owner, eve].flatMap((each) =>
      ['/v1/snippets', '/v1/account'].map(async (path) => (await each.ask(path)).json()),
    ),
  );
}

function withBody({ path, init }: Good, body: BodyInit, headers: Record<string, string> = {}): Good {
  return { path, init: { ...init, headers, body } };
}
