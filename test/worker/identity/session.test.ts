// Sessions: what a cookie opens, for how long, and from where.

import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { ProblemError } from '../../../shared/problem.ts';
import { routingHashOf } from '../../../worker/ids/routing-hash.ts';
import {
  endSession,
  getSession,
  requireSession,
  startSession,
  withSession,
} from '../../../worker/identity/session.ts';
import { ask, origin, signIn } from '../edge.ts';
import { type Browser, openBrowser } from '../session.ts';
import { atSeconds, insideOf, useOwnClock } from '../stack-inside.ts';

useOwnClock();

const { seconds, renewAfterSeconds, maxSeconds, perUser } = limits.session;

describe('the cookie', () => {
  it('is for this host, over a safe line, out of reach of scripts and of other sites', async () => {
    await signIn('has-cookie');
    const [pair, ...attributes] = (await startSession(env, routingHashOf('has-cookie'))).split('; ');
    expect(pair).toMatch(/^__Host-pybin=pys_[0-9A-Za-z]{65}$/);
    expect(attributes).toEqual(['Path=/', `Max-Age=${seconds}`, 'Secure', 'HttpOnly', 'SameSite=Lax']);
  });

  it('is stored as a hash only', async () => {
    await signIn('hash-only');
    const { cookie } = await openBrowser('hash-only');
    const rows = await insideOf('hash-only').rowsOf('sessions');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(cookie.slice(-43));
  });

  it('is not given for an account that isn’t there', async () => {
    await expect(startSession(env, routingHashOf('no-account'))).rejects.toMatchObject({
      problem: { code: 'unauthenticated' },
    });
    expect(await insideOf('no-account').rowsOf('sqlite_master')).toEqual([]);
  });
});

describe('a browser that is signed in', () => {
  it('reads its own private snippets at every address, fresh, and nobody keeps them for others', async () => {
    const ada = await signIn('reads-own', 'private');
    const link = await ada.push('mine');
    const browser = await openBrowser('reads-own');
    for (const path of ['/~reads-own', '/~reads-own/1', '/raw/~reads-own', link, `/raw${link}`]) {
      const answer = await browser.ask(path);
      expect(await answer.text()).toBe('mine');
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
      expect(answer.headers.get('vary')).toContain('Cookie');
    }
    expect((await ask('/~reads-own')).status).toBe(404);
  });

  it('reads a public snippet of its own apart from what others may keep', async () => {
    const ada = await signIn('reads-public');
    await ada.push('for all');
    const own = await (await openBrowser('reads-public')).ask('/~reads-public');
    expect(own.headers.get('cache-control')).toBe('private, no-store');
    const others = await ask('/~reads-public');
    expect(others.headers.get('cache-control')).toBe('public, no-cache');
    expect(others.headers.get('vary')).toContain('Cookie');
  });

  it('does what a key does: by the doors, by REST and by Connect', async () => {
    await signIn('does-all');
    const browser = await openBrowser('does-all');
    const pushed = await browser.ask('/', { method: 'POST', body: 'one' });
    expect(pushed.status).toBe(201);
    expect((await browser.ask('/v1/account')).status).toBe(200);
    const json = { 'content-type': 'application/json' };
    const listed = await browser.ask('/pybin.v1.SnippetService/ListSnippets', {
      method: 'POST',
      body: '{}',
      headers: json,
    });
    expect(await listed.json()).toMatchObject({ snippets: [{ number: 1 }] });
    const patched = await browser.ask('/v1/account', { method: 'PATCH', body: '{"archiveEnabled":false}' });
    expect(patched.status).toBe(200);
    const link = new URL((await pushed.text()).trim()).pathname;
    expect(link).toBe('/~does-all/1');
  });

  it('is taken for nobody where another’s stack is read', async () => {
    await signIn('one-of-two', 'private');
    const other = await signIn('two-of-two', 'private');
    await other.push('not yours');
    expect((await (await openBrowser('one-of-two')).ask('/~two-of-two')).status).toBe(404);
  });

  it('that also shows a key is who the key says', async () => {
    await signIn('with-cookie', 'private');
    const key = await signIn('with-key', 'private');
    const { cookie } = await openBrowser('with-cookie');
    const answer = await key.ask('/v1/account', { headers: { cookie } });
    expect(await answer.json()).toMatchObject({ userId: 'with-key' });
  });
});

describe('a request that changes something', () => {
  const elsewhere: [string, Record<string, string>][] = [
    ['another origin', { origin: 'https://evil.example' }],
    ['another port of this host', { origin: 'http://localhost:81' }],
    ['an origin that doesn’t tell', { origin: 'null' }],
    ['another site, by the browser’s word', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour on the same site', { 'sec-fetch-site': 'same-site' }],
    ['a neighbour that claims our origin', { 'sec-fetch-site': 'same-site', origin }],
    ['an address bar', { 'sec-fetch-site': 'none' }],
  ];
  it.each(elsewhere)('by the cookie is refused where it comes from %s', async (what, headers) => {
    const userId = `else-${elsewhere.findIndex(([known]) => known === what)}`;
    const ada = await signIn(userId);
    const link = await ada.push('stays', '?visibility=unlisted');
    const browser = await openBrowser(userId);
    const answers = [
      await browser.ask('/', { method: 'POST', body: 'x', headers }),
      await browser.ask(link, { method: 'PUT', body: 'x', headers }),
      await browser.ask(link, { method: 'DELETE', headers }),
      await browser.ask('/v1/snippets/pop', { method: 'POST', headers }),
      await browser.ask('/v1/account', { method: 'PATCH', body: '{}', headers }),
      await browser.ask('/pybin.v1.SnippetService/ListSnippets', {
        method: 'POST',
        body: '{}',
        headers: { ...headers, 'content-type': 'application/json' },
      }),
      await browser.ask('/v1/live', { headers: { ...headers, upgrade: 'websocket' } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
    expect(await (await ask(link)).text()).toBe('stays');
  });

  it('by the cookie is refused where nothing says where it comes from', async () => {
    await signIn('says-nothing');
    const { cookie } = await openBrowser('says-nothing');
    const answer = await ask('/', { method: 'POST', body: 'x', headers: { cookie } });
    expect(answer.status).toBe(403);
  });

  it.each([
    ['its own origin', { origin }],
    ['the same origin, by the browser’s word', { 'sec-fetch-site': 'same-origin' }],
    ['a page that keeps its address to itself', { 'sec-fetch-site': 'same-origin', origin: 'null' }],
  ])('by the cookie is taken from %s', async (what, headers) => {
    const userId = `own-${what.length}`;
    await signIn(userId);
    const answer = await (await openBrowser(userId)).ask('/', { method: 'POST', body: 'x', headers });
    expect(answer.status).toBe(201);
  });

  it('by a key is taken from anywhere', async () => {
    const ada = await signIn('key-anywhere');
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await ada.ask('/', { method: 'POST', body: 'x', headers })).status).toBe(201);
  });
});

describe('a session', () => {
  it('ends when it was not used for a day', async () => {
    await signIn('unused');
    const browser = await openBrowser('unused');
    atSeconds(seconds - 1);
    expect((await browser.ask('/v1/account')).status).toBe(200);
    atSeconds(seconds);
    expect((await browser.ask('/v1/account')).status).toBe(401);
  });

  it('is renewed when it is used, at most once an hour', async () => {
    await signIn('renewed');
    const browser = await openBrowser('renewed');
    atSeconds(renewAfterSeconds - 1);
    expect(await sessionOf(browser)).toMatchObject({ setCookie: undefined });
    atSeconds(renewAfterSeconds);
    const renewed = await sessionOf(browser);
    expect(renewed?.setCookie).toContain(`${browser.cookie}; Path=/; Max-Age=${seconds};`);
    expect(await sessionOf(browser)).toMatchObject({ setCookie: undefined });
    atSeconds(renewAfterSeconds + seconds - 1);
    expect(await sessionOf(browser)).toBeDefined();
  });

  it('ends after a month, however often it was used', async () => {
    await signIn('a-month');
    const browser = await openBrowser('a-month');
    const halfDay = seconds / 2;
    for (let at = halfDay; at < maxSeconds; at += halfDay) {
      atSeconds(at);
      expect(await sessionOf(browser)).toBeDefined();
    }
    atSeconds(maxSeconds - 1);
    expect(await sessionOf(browser)).toBeDefined();
    atSeconds(maxSeconds);
    expect(await sessionOf(browser)).toBeUndefined();
  });

  it('that was ended is refused at once, and others go on', async () => {
    const ada = await signIn('signs-out', 'private');
    await ada.push('mine');
    const [first, second] = [await openBrowser('signs-out'), await openBrowser('signs-out')];
    const setCookie = await endSession(requestOf(first, { method: 'POST', headers: { origin } }), env);
    expect(setCookie).toBe('__Host-pybin=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax');
    expect((await first.ask('/v1/account')).status).toBe(401);
    expect((await second.ask('/v1/account')).status).toBe(200);
  });

  it('that was ended still reads what anybody may read', async () => {
    const ada = await signIn('reads-on');
    await ada.push('for all');
    const browser = await openBrowser('reads-on');
    await endSession(requestOf(browser, { method: 'POST', headers: { origin } }), env);
    const answer = await browser.ask('/~reads-on');
    expect(await answer.text()).toBe('for all');
    expect(answer.headers.get('cache-control')).toBe('public, no-cache');
  });

  it('is one of a few: over the limit, the one that was not used for longest ends', async () => {
    await signIn('many-browsers');
    const first = await openBrowser('many-browsers');
    const second = await openBrowser('many-browsers');
    for (let count = 3; count <= perUser; count++) await openBrowser('many-browsers');
    atSeconds(renewAfterSeconds);
    expect(await sessionOf(first)).toBeDefined();
    await openBrowser('many-browsers');
    expect(await sessionOf(first)).toBeDefined();
    expect(await sessionOf(second)).toBeUndefined();
    expect(await insideOf('many-browsers').rowsOf('sessions')).toHaveLength(perUser);
  });

  it('goes with its account', async () => {
    await signIn('erased-one');
    const browser = await openBrowser('erased-one');
    const erased = await browser.ask('/v1/account?userId=erased-one', { method: 'DELETE' });
    expect(erased.status).toBe(200);
    expect((await browser.ask('/v1/account')).status).toBe(401);
  });

  it.each([
    ['a made-up secret', (cookie: string) => cookie.slice(0, -1) + (cookie.endsWith('0') ? '1' : '0')],
    ['a made-up place', () => `__Host-pybin=pys_${'0'.repeat(65)}`],
    ['nothing', () => '__Host-pybin='],
    ['a value twice as long', (cookie: string) => cookie + cookie],
    ['a key’s beginning', (cookie: string) => cookie.replace('pys_', 'pyb_')],
  ])('isn’t opened by %s', async (what, forge) => {
    const userId = `forged-${what.length}`;
    await signIn(userId);
    const { cookie } = await openBrowser(userId);
    expect((await ask('/v1/account', { headers: { cookie: forge(cookie) } })).status).toBe(401);
  });

  it('isn’t opened by its value as a key, nor a key by a cookie', async () => {
    const ada = await signIn('crossed');
    const { cookie } = await openBrowser('crossed');
    const [, value = ''] = cookie.split('=');
    const asKey = await ask('/v1/account', { headers: { authorization: `Bearer ${value}` } });
    const asCookie = await ask('/v1/account', { headers: { cookie: `__Host-pybin=${ada.key}` } });
    expect([asKey.status, asCookie.status]).toEqual([401, 401]);
  });

  it('is found among other cookies', async () => {
    await signIn('many-cookies');
    const { cookie } = await openBrowser('many-cookies');
    const headers = { cookie: `theme=dark; ${cookie}; x=__Host-pybin=1` };
    expect((await ask('/v1/account', { headers })).status).toBe(200);
  });
});

describe('a page that needs a session', () => {
  it('asks whoever isn’t signed in to do so', async () => {
    const request = new Request(`${origin}/account`);
    await expect(requireSession(request, env)).rejects.toThrow(ProblemError);
    const answer = await ask('/v1/account', { headers: { accept: 'text/html' }, redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in']);
  });

  it('is answered for this browser alone, with its cookie renewed', async () => {
    await signIn('page-of-own');
    const browser = await openBrowser('page-of-own');
    atSeconds(renewAfterSeconds);
    const session = await requireSession(requestOf(browser), env);
    expect(session.account.userId).toBe('page-of-own');
    const answer = withSession(session, new Response('page', { headers: { vary: 'Accept' } }));
    expect(answer.headers.get('vary')).toBe('Accept, Cookie');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.headers.get('set-cookie')).toBe(session.setCookie);
  });
});

describe('the sessions of an account', () => {
  it('are listed, newest first, and ended one by one', async () => {
    await signIn('lists-them');
    const first = await openBrowser('lists-them');
    atSeconds(60);
    const second = await openBrowser('lists-them');
    const { credential } = await requireSession(requestOf(second), env);
    const owner = insideOf('lists-them').stub.as(credential);
    expect(await owner.listSessions()).toMatchObject({
      value: [
        { number: 2, isCurrent: true },
        { number: 1, isCurrent: false },
      ],
    });
    await owner.endSession(1);
    expect((await first.ask('/v1/account')).status).toBe(401);
    expect((await second.ask('/v1/account')).status).toBe(200);
  });
});

describe('signing out everywhere', () => {
  it('ends every session, key, ticket and live socket at once', async () => {
    const ada = await signIn('everywhere');
    const [first, second] = [await openBrowser('everywhere'), await openBrowser('everywhere')];
    const ticket = await (await ada.ask('/v1/live/tickets', { method: 'POST' })).json<{ ticket: string }>();
    const live = await first.ask('/v1/live', { headers: { upgrade: 'websocket' } });
    const socket = live.webSocket;
    if (!socket) throw new Error('no socket');
    socket.accept();
    const closed = new Promise<CloseEvent>((resolve) => socket.addEventListener('close', resolve));

    const session = await requireSession(requestOf(second), env);
    const owner = insideOf('everywhere').stub.as(session.credential);
    expect(await owner.signOutEverywhere()).toEqual({ ok: true, value: null });

    expect((await closed).code).toBe(4401);
    expect((await first.ask('/v1/account')).status).toBe(401);
    expect((await second.ask('/v1/account')).status).toBe(401);
    expect((await ada.ask('/v1/account')).status).toBe(401);
    const late = await ask(`/v1/live?ticket=${ticket.ticket}`, { headers: { upgrade: 'websocket' } });
    expect(late.status).toBe(401);
  });

  it('isn’t done by a key', async () => {
    const ada = await signIn('not-by-key');
    const { getCredential } = await import('../../../worker/identity/key.ts');
    const credential = getCredential(env.INSTANCE_SECRETS, 'key', ada.key);
    if (!credential) throw new Error('no key');
    const refused = await insideOf('not-by-key').stub.as(credential).signOutEverywhere();
    expect(refused).toMatchObject({ ok: false, problem: { code: 'forbidden' } });
    expect((await ada.ask('/v1/account')).status).toBe(200);
  });
});

function requestOf(browser: Browser, init: RequestInit = {}): Request {
  const headers = new Headers(init.headers);
  headers.set('cookie', browser.cookie);
  return new Request(`${origin}/account`, { ...init, headers });
}

function sessionOf(browser: Browser) {
  return getSession(requestOf(browser), env);
}
