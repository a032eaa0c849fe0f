// Signing in by a provider, step by step as a browser goes through it: who comes in, and who doesn't.

import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { routingHashOf } from '../../../worker/ids/routing-hash.ts';
import { ask, origin, signIn } from '../edge.ts';
import { CLIENT, ISSUER, Issuer, ownDaySeconds } from '../identity/providers/issuer.ts';
import { atSeconds, insideOf, useOwnClock } from '../stack-inside.ts';
import { hiddenFields, open, type Shown, submit } from './forms.ts';
import { Stranger } from './stranger.ts';

useOwnClock();

const vars = {
  OIDC_ISSUER: ISSUER,
  OIDC_NAME: 'Example',
  OIDC_CLIENT_ID: CLIENT.id,
  OIDC_CLIENT_SECRET: CLIENT.secret,
} as const;

let tests = 0;
let startSeconds = 0;
let issuer: Issuer;
let browser: Stranger;

beforeEach(async () => {
  tests += 1;
  startSeconds = ownDaySeconds();
  atSeconds(startSeconds);
  issuer = await Issuer.create(`subject-${tests}`);
  browser = new Stranger(vars);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** What is logged of a failure that is meant. */
function expectedFailure() {
  return vi.spyOn(console, 'warn').mockImplementation(() => {});
}

describe('the page of sign-in', () => {
  it('offers what this instance has credentials for, and nothing else', async () => {
    const { html, status } = await open(browser, '/sign-in');
    expect(status).toBe(200);
    expect(html).toContain('Sign in with Example');
    expect(html).not.toContain('Google');
    const all = new Stranger({
      ...vars,
      GOOGLE_CLIENT_ID: 'id',
      GOOGLE_CLIENT_SECRET: 'secret',
      GITHUB_CLIENT_ID: 'id',
      GITHUB_CLIENT_SECRET: 'secret',
      FACEBOOK_CLIENT_ID: 'id without a secret',
    });
    const buttons = (await open(all, '/sign-in')).html.matchAll(/<button[^>]*>Sign in with (\w+)/g);
    expect(Array.from(buttons, ([, name]) => name)).toEqual(['Google', 'GitHub', 'Example']);
  });

  it('says where nobody can sign in', async () => {
    const { html } = await open(new Stranger({ LOCAL_SIGN_IN: 'off' }), '/sign-in');
    expect(html).toContain('Nobody can sign in yet');
    expect(html).not.toContain('<form');
  });

  it('passes a page of ours on, and nothing else', async () => {
    const ours = await open(browser, '/sign-in?return=%2Fconnect%3Fstate%3Da');
    expect(hiddenFields(ours)).toEqual({ return: '/connect?state=a' });
    for (const elsewhere of ['https://evil.example/', '//evil.example', '/\\evil.example', '/health'])
      expect(hiddenFields(await open(browser, `/sign-in?return=${encodeURIComponent(elsewhere)}`))).toEqual(
        {},
      );
  });

  it('is kept by no cache', async () => {
    const { headers } = await open(browser, '/sign-in');
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('the first sign-in', () => {
  it('leads to the choice of a user id, with nothing chosen, and from there into an account', async () => {
    const chooses = await comeBack();
    expect(chooses.heading).toBe('Welcome');
    expect(chooses.html).not.toContain(' checked');
    const entered = { ...hiddenFields(chooses), userId: 'first-time', visibility: 'private' };
    const done = await submit(browser, '/sign-in/register', entered);
    expect([done.status, done.headers.get('location')]).toEqual([303, '/account']);
    const account = await browser.ask('/v1/account');
    expect(await account.json()).toMatchObject({
      userId: 'first-time',
      defaultVisibility: 'VISIBILITY_PRIVATE',
    });
  });

  it('keeps nothing of the person but what the page says', async () => {
    issuer.lie = { claims: { email: 'ada@mail.example', name: 'Ada Lovelace' } };
    await register('keeps-little');
    const inside = insideOf('keeps-little');
    const kept = JSON.stringify([await inside.rowsOf('account'), await inside.rowsOf('identities')]);
    expect(kept).toContain('keeps-little');
    for (const word of ['ada@mail', 'Ada', issuer.subject]) expect(kept).not.toContain(word);
  });

  it('goes on to where one wanted to go', async () => {
    const chooses = await comeBack({ return: '/connect?state=x' });
    const entered = { ...hiddenFields(chooses), userId: 'goes-on', visibility: 'public' };
    const done = await submit(browser, '/sign-in/register', entered);
    expect(done.headers.get('location')).toBe('/connect?state=x');
  });

  const wrong: [string, string, string, string[]][] = [
    ['nothing', '', '', ['userId', 'visibility']],
    ['no answer to who may read', 'has-no-answer', '', ['visibility']],
    ['an answer that isn’t one', 'has-no-answer', 'nobody', ['visibility']],
    ['a user id that is too short', 'ab', 'public', ['userId']],
    ['a user id with other characters', 'a_b_c', 'public', ['userId']],
    ['a user id that is reserved', 'admin', 'public', ['userId']],
    ['a user id that looks like a route', 's1gn-ln', 'public', ['userId']],
    ['a user id that is taken', 'taken-before', 'public', ['userId']],
  ];

  it.each(wrong)('refuses %s, and keeps what was entered', async (_what, userId, visibility, fields) => {
    await signIn('taken-before');
    const chooses = await comeBack();
    const entered = { ...hiddenFields(chooses), userId, visibility };
    const again = await submit(browser, '/sign-in/register', entered);
    expect(again.status).toBe(400);
    expect(again.heading).toBe('Welcome');
    const refused = Array.from(again.html.matchAll(/id="(\w+)-refused"/g), ([, field]) => field);
    expect(refused).toEqual(fields);
    expect(again.html).toContain(`value="${userId}"`);
    if (visibility === 'public') expect(again.html).toMatch(/value="public" required checked/);
    const done = await submit(browser, '/sign-in/register', {
      ...hiddenFields(again),
      userId: `better-${tests}`,
      visibility: 'public',
    });
    expect(done.status).toBe(303);
  });

  it('takes a user id as it is meant, without capitals and spaces', async () => {
    const done = await submit(browser, '/sign-in/register', {
      ...hiddenFields(await comeBack()),
      userId: ' Ada-Capital ',
      visibility: 'public',
    });
    expect(done.status).toBe(303);
    expect(await insideOf('ada-capital').stub.isFree()).toBe(false);
  });

  it('that is sent twice opens one account', async () => {
    const chooses = await comeBack();
    const entered = { ...hiddenFields(chooses), userId: 'sent-again', visibility: 'public' };
    await submit(browser, '/sign-in/register', entered);
    const again = await submit(browser, '/sign-in/register', entered);
    expect([again.status, again.heading]).toEqual([400, 'This sign-in is over']);
    const other = await submit(browser, '/sign-in/register', { ...entered, userId: 'sent-other' });
    expect(other.status).toBe(400);
    expect(await insideOf('sent-other').stub.isFree()).toBe(true);
  });

  it('in two windows opens one account: the other is told that it signs in to that', async () => {
    const [first, second] = [await comeBack(), await comeBack()];
    expect((await choose(first, 'window-one')).status).toBe(303);
    const refused = await choose(second, 'window-two');
    expect(refused.status).toBe(400);
    expect(refused.html).toContain('role="alert"');
    expect(await insideOf('window-two').stub.isFree()).toBe(true);
  });

  it.each([
    ['in another browser', async (page: Shown) => ({ page, by: new Stranger(vars) })],
    [
      'after half an hour',
      async (page: Shown) => {
        atSeconds(startSeconds + limits.signIn.registrationSeconds);
        return { page, by: browser };
      },
    ],
  ])('isn’t finished %s', async (_what, later) => {
    const { page, by } = await later(await comeBack());
    const entered = { ...hiddenFields(page), userId: `late-${tests}`, visibility: 'public' };
    expect((await submit(by, '/sign-in/register', entered)).status).toBe(400);
    expect(await insideOf(`late-${tests}`).stub.isFree()).toBe(true);
  });

  it('isn’t finished by a page of another origin', async () => {
    const entered = { ...hiddenFields(await comeBack()), userId: 'by-another', visibility: 'public' };
    const headers = { origin: 'https://evil.example' };
    expect((await submit(browser, '/sign-in/register', entered, headers)).status).toBe(403);
  });
});

describe('the next sign-in', () => {
  it('leads straight in', async () => {
    await register('comes-again');
    const later = new Stranger(vars);
    const back = await later.ask(await callbackPath(later, { return: '/history' }));
    expect([back.status, back.headers.get('location')]).toEqual([303, '/history']);
    expect(await (await later.ask('/v1/account')).json()).toMatchObject({ userId: 'comes-again' });
  });

  it('of somebody else with the same e-mail address is somebody else’s', async () => {
    issuer.lie = { claims: { email: 'same@mail.example', email_verified: true } };
    await register('has-the-mail');
    issuer = await Issuer.create('somebody else');
    issuer.lie = { claims: { email: 'same@mail.example', email_verified: true } };
    atSeconds(startSeconds + 2 * 60 * 60);
    browser = new Stranger(vars);
    expect((await comeBack()).heading).toBe('Welcome');
  });

  it('ends the session that the browser had before', async () => {
    await register('had-before');
    const { cookie } = browser;
    await browser.ask(await callbackPath(browser));
    expect(browser.cookie).not.toBe(cookie);
    expect((await ask('/v1/account', { headers: { cookie } })).status).toBe(401);
    expect((await browser.ask('/v1/account')).status).toBe(200);
  });

  it('says who is signed in already', async () => {
    await register('already-in');
    const { html } = await open(browser, '/sign-in');
    expect(html).toContain('You are signed in as <strong>already-in</strong>');
  });
});

describe('an attempt', () => {
  it('is taken on by a page that goes to the provider by itself, and by a link', async () => {
    const { headers, html } = await submit(browser, '/sign-in/oidc', {});
    const [, address = ''] = (headers.get('refresh') ?? '').split('; url=');
    expect(new URL(address).origin).toBe(ISSUER);
    expect(html).toContain(address.replaceAll('&', '&amp;'));
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('isn’t begun by a page of another origin', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
      expect((await submit(browser, '/sign-in/oidc', {}, headers)).status).toBe(403);
  });

  it('is ended once: coming back again leads nowhere', async () => {
    const path = await callbackPath(browser);
    expect((await browser.ask(path)).status).toBe(303);
    const again = await open(browser, path);
    expect([again.status, again.heading]).toEqual([400, 'This sign-in is over']);
    expect(issuer.tokenRequests).toHaveLength(1);
  });

  it('is ended once, however many come back at the same moment', async () => {
    const path = await callbackPath(browser);
    const answers = await Promise.all(Array.from({ length: 5 }, () => browser.ask(path)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(4);
  });

  it('isn’t ended by another browser, and goes on in its own', async () => {
    const path = await callbackPath(browser);
    const strangers = await open(new Stranger(vars), path);
    expect([strangers.status, strangers.heading]).toEqual([400, 'Begin again in this browser']);
    const other = new Stranger(vars);
    await submit(other, '/sign-in/oidc', {});
    expect((await open(other, path)).heading).toBe('Begin again in this browser');
    expect((await browser.ask(path)).status).toBe(303);
  });

  it.each([
    ['a state that was never given', (query: URLSearchParams) => query.set('state', 'a'.repeat(22))],
    ['no state', (query: URLSearchParams) => query.delete('state')],
    ['a state that is no text of ours', (query: URLSearchParams) => query.set('state', '../x')],
  ])('isn’t ended by %s', async (_what, change) => {
    const url = new URL(await callbackPath(browser), origin);
    change(url.searchParams);
    const page = await open(browser, url.pathname + url.search);
    expect([page.status, page.heading]).toEqual([400, 'This sign-in is over']);
    expect(issuer.tokenRequests).toEqual([]);
  });

  it('isn’t ended as one at another provider (mix-up)', async () => {
    const both = new Stranger({ ...vars, GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'secret' });
    const path = (await callbackPath(both)).replace('/oidc/', '/google/');
    expect((await open(both, path)).heading).toBe('This sign-in is over');
    expect(issuer.tokenRequests).toEqual([]);
  });

  it('isn’t ended after ten minutes', async () => {
    const path = await callbackPath(browser);
    atSeconds(startSeconds + limits.signIn.attemptSeconds);
    expect((await open(browser, path)).heading).toBe('This sign-in is over');
  });

  it('goes on beside another one in the same browser', async () => {
    const [first, second] = [await callbackPath(browser), await callbackPath(browser)];
    expect((await browser.ask(second)).status).toBe(303);
    expect((await browser.ask(first)).status).toBe(303);
  });

  const failures: [string, string, number, string, () => void][] = [
    ['says no', 'You didn’t sign in', 403, '', () => undefined],
    ['finds the provider down', 'No answer', 503, 'token', () => brokenToken(502)],
    ['finds that the code has expired', 'It took too long', 400, 'token', () => brokenToken(400)],
    [
      'brings a word that isn’t the provider’s',
      'Not proved',
      502,
      'token',
      () => {
        issuer.lie = { isForged: true };
      },
    ],
  ];

  it.each(failures)(
    'of whoever %s ends on a page that says how to go on',
    async (_what, heading, status, how, fail) => {
      const said = expectedFailure();
      fail();
      let path = await callbackPath(browser);
      if (how === '') {
        const url = new URL(path, origin);
        url.searchParams.delete('code');
        url.searchParams.set('error', 'access_denied');
        path = url.pathname + url.search;
      }
      const page = await open(browser, path);
      expect([page.status, page.heading]).toEqual([status, heading]);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(page.html).toContain('href="/sign-in"');
      expect(page.html).not.toContain('code=');
      expect((await browser.ask('/v1/account')).status).toBe(401);
      // What its operator can mend is for the log.
      expect(said).toHaveBeenCalledTimes(status >= 500 ? 1 : 0);
    },
  );

  it('at a provider that is down doesn’t begin', async () => {
    issuer.answers.discovery = () => new Response(null, { status: 500 });
    const said = expectedFailure();
    const page = await submit(browser, '/sign-in/oidc', { return: '/history' });
    expect(said).toHaveBeenCalledWith(expect.stringContaining('"event":"sign_in_failed"'));
    expect([page.status, page.heading]).toEqual([503, 'No answer']);
    expect(page.html).toContain('href="/sign-in?return=%2Fhistory"');
  });
});

describe('adding a way to sign in', () => {
  it('is done by the account that is signed in, which is signed in by both from then on', async () => {
    await signIn('adds-one');
    const owner = await signedIn('adds-one');
    const back = await owner.ask(await callbackPath(owner, { intent: 'link' }));
    expect(back.headers.get('location')).toBe('/account?done=identity-added');
    const later = new Stranger(vars);
    await later.ask(await callbackPath(later));
    expect(await (await later.ask('/v1/account')).json()).toMatchObject({ userId: 'adds-one' });
  });

  it('isn’t begun by whoever isn’t signed in', async () => {
    const page = await submit(browser, '/sign-in/oidc', { intent: 'link' });
    expect(page.status).toBe(401);
  });

  it('isn’t ended in an account that was signed in to meanwhile', async () => {
    await signIn('began-it');
    await signIn('came-after');
    const owner = await signedIn('began-it');
    const path = await callbackPath(owner, { intent: 'link' });
    await submit(owner, '/sign-in/local', { userId: 'came-after' });
    await owner.ask(path);
    expect(await insideOf('came-after').rowsOf('identities')).toEqual([]);
    expect(await insideOf('began-it').rowsOf('identities')).toEqual([]);
  });

  it('that another account has is refused in words', async () => {
    await register('has-it');
    await signIn('wants-it');
    const owner = await signedIn('wants-it');
    const page = await open(owner, await callbackPath(owner, { intent: 'link' }));
    expect(page.status).toBe(400);
    expect(page.html).toContain('Another account signs in this way already');
    expect(page.html).toContain('href="/account"');
    expect(await insideOf('wants-it').rowsOf('identities')).toEqual([]);
  });
});

describe('whether a user id is free', () => {
  it.each([
    ['not-had-yet', true, 'not-had-yet is free.'],
    ['is-had', false, 'is-had is taken. Choose another.'],
    ['admin', false, 'This user id is reserved, or looks like one that is. Choose another.'],
    ['a', false, 'A user id has 3 to 20 characters.'],
  ])('is told of %s: %s', async (userId, free, detail) => {
    await signIn('is-had');
    const answer = await browser.ask(`/sign-in/free?userId=${userId}`);
    expect(await answer.json()).toEqual({ free, detail });
  });
});

describe('signing in on a developer’s machine', () => {
  it('is by a user id alone, and goes on to where one wanted to go', async () => {
    const page = await open(browser, '/sign-in?return=%2Fhistory');
    const done = await submit(browser, '/sign-in/local', { ...hiddenFields(page), userId: 'local-one' });
    expect([done.status, done.headers.get('location')]).toEqual([303, '/history']);
    expect(await (await browser.ask('/v1/account')).json()).toMatchObject({ userId: 'local-one' });
  });

  it('refuses what can’t be a user id, and keeps it', async () => {
    const page = await submit(browser, '/sign-in/local', { userId: 'no_way' });
    expect(page.status).toBe(400);
    expect(page.html).toContain('value="no_way"');
    expect(page.html).toContain('userId-refused');
  });

  it('isn’t done by a page of another origin', async () => {
    const headers = { origin: 'https://evil.example' };
    expect((await submit(browser, '/sign-in/local', { userId: 'by-evil' }, headers)).status).toBe(403);
  });

  it('is nowhere else', async () => {
    const elsewhere = new Stranger({ ...vars, LOCAL_SIGN_IN: 'off' });
    expect((await open(elsewhere, '/sign-in')).html).not.toContain('On this machine');
    expect((await submit(elsewhere, '/sign-in/local', { userId: 'elsewhere' })).status).toBe(404);
  });
});

describe('signing out', () => {
  it('of a browser ends its session and deletes its cookie', async () => {
    await register('signs-out-here');
    const { cookie } = browser;
    const done = await submit(browser, '/sign-out', {});
    expect(done.headers.get('location')).toBe('/sign-in?signed-out');
    expect(browser.cookie).not.toContain('__Host-pybin=');
    expect((await ask('/v1/account', { headers: { cookie } })).status).toBe(401);
    expect((await open(browser, '/sign-in?signed-out')).html).toContain('You are signed out.');
  });

  it('everywhere ends every session and every key', async () => {
    const { key } = await signIn('signs-out-all');
    const [here, there] = [await signedIn('signs-out-all'), await signedIn('signs-out-all')];
    expect((await submit(here, '/sign-out/everywhere', {})).status).toBe(303);
    expect((await there.ask('/v1/account')).status).toBe(401);
    const byKey = await ask('/v1/account', { headers: { authorization: `Bearer ${key}` } });
    expect(byKey.status).toBe(401);
  });

  it.each(['/sign-out', '/sign-out/everywhere'])(
    'isn’t done at %s by a page of another origin',
    async (path) => {
      await signIn('stays-in');
      const owner = await signedIn('stays-in');
      const headers = { origin: 'https://evil.example' };
      expect((await submit(owner, path, {}, headers)).status).toBe(403);
      expect((await owner.ask('/v1/account')).status).toBe(200);
    },
  );

  it('is asked for on a page', async () => {
    expect((await open(browser, '/sign-out')).heading).toBe('You are signed out');
    await signIn('asks-for-it');
    const page = await open(await signedIn('asks-for-it'), '/sign-out');
    expect(page.heading).toBe('Sign out');
    expect(page.html).toContain('action="/sign-out/everywhere"');
  });
});

describe('the log', () => {
  it('has no word of a code, a state, a token, a secret or a cookie', async () => {
    const lines: string[] = [];
    for (const level of ['debug', 'log', 'info', 'warn', 'error'] as const)
      vi.spyOn(console, level).mockImplementation((...words) => void lines.push(words.map(String).join(' ')));
    await register('logs-nothing');
    issuer.lie = { isForged: true };
    const paths = [await callbackPath(browser), await callbackPath(browser), await callbackPath(browser)];
    await browser.ask(paths[0] ?? '');
    brokenToken(502);
    await browser.ask(paths[1] ?? '');
    issuer.answers.token = () =>
      Response.json({ error: 'invalid_client', error_description: 'the secret is secret' }, { status: 401 });
    await browser.ask(paths[2] ?? '');
    vi.restoreAllMocks();
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(Array.from(paths, () => 'sign_in_failed'));
    const secrets = [
      CLIENT.secret,
      issuer.subject,
      ...browser.cookie.split('; ').map((cookie) => cookie.split('=')[1] ?? ''),
      ...paths.flatMap((path) => [...new URL(path, origin).searchParams.values()]),
      ...issuer.tokenRequests.flatMap(({ fields, authorization }) => [
        fields.get('code_verifier') ?? '',
        authorization ?? '',
      ]),
    ];
    expect(secrets.length).toBeGreaterThan(10);
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(3);
      expect(lines.join('\n')).not.toContain(secret);
    }
  });
});

function choose(page: Shown, userId: string): Promise<Shown> {
  return submit(browser, '/sign-in/register', { ...hiddenFields(page), userId, visibility: 'public' });
}

function brokenToken(status: number): void {
  const body = status === 400 ? { error: 'invalid_grant' } : {};
  issuer.answers.token = () => Response.json(body, { status });
}

/** Begins, says yes at the provider, and gives the path by which one comes back. */
async function callbackPath(who: Stranger, fields: Record<string, string> = {}): Promise<string> {
  const { headers, status } = await submit(who, '/sign-in/oidc', fields);
  expect(status).toBe(200);
  const [, address = ''] = (headers.get('refresh') ?? '').split('; url=');
  const there = new URL(address);
  const back = new URL(there.searchParams.get('redirect_uri') ?? '');
  return `${back.pathname}?${issuer.approve(there).toString()}`;
}

/** The page that one comes back to, the first time. */
async function comeBack(fields: Record<string, string> = {}): Promise<Shown> {
  const back = await browser.ask(await callbackPath(browser, fields));
  expect(back.status).toBe(303);
  return open(browser, back.headers.get('location') ?? '');
}

async function register(userId: string): Promise<void> {
  const entered = { ...hiddenFields(await comeBack()), userId, visibility: 'public' };
  const done = await submit(browser, '/sign-in/register', entered);
  expect(done.status).toBe(303);
  expect(routingHashOf(userId)).toBe(insideOf(userId).routingHash);
}

async function signedIn(userId: string): Promise<Stranger> {
  const who = new Stranger(vars);
  await submit(who, '/sign-in/local', { userId });
  expect(env.LOCAL_SIGN_IN).toBe('on');
  return who;
}
