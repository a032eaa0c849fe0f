// The page of an account as a browser without script uses it: each form, what it does, and what is told.

import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { ask, origin, signIn, type User } from '../edge.ts';
import { type Browser, openBrowser } from '../session.ts';
import { atSeconds, insideOf, useOwnClock } from '../stack-inside.ts';
import { open, type Shown, submit } from './forms.ts';

useOwnClock();

let users = 0;

async function somebody(): Promise<{ user: User; browser: Browser }> {
  users += 1;
  const user = await signIn(`has-page-${users}`);
  return { user, browser: await openBrowser(user.userId) };
}

/** Sends a form and goes to where its answer leads. */
async function act(browser: Browser, path: string, fields: Record<string, string> = {}): Promise<Shown> {
  const answer = await submit(browser, path, fields);
  expect(answer.status).toBe(303);
  const page = await open(browser, answer.headers.get('location') ?? '');
  expect(page.status).toBe(200);
  return page;
}

/** What the page tells above all else. */
const saidOf = ({ html }: Shown) => /<p class="(?:said|refused)" role="\w+">([^<]*)</.exec(html)?.[1];

const newKey = { name: 'curl on laptop', scope: 'write', ttl: '0' };
const pushes = { visibility: 'unlisted', ttl: '3600', archive: 'off' };

describe('the page', () => {
  it('is for whoever is signed in; others sign in and come back', async () => {
    const headers = { accept: 'text/html' };
    const answer = await ask('/account', { headers, redirect: 'manual' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/sign-in?return=%2Faccount');
  });

  it('is not for a key', async () => {
    const { user } = await somebody();
    expect((await user.ask('/account')).status).toBe(401);
  });

  it('is kept by no cache', async () => {
    const { browser } = await somebody();
    const page = await open(browser, '/account');
    expect(page.headers.get('cache-control')).toBe('private, no-store');
    expect(page.headers.get('vary')).toContain('Cookie');
  });

  it('shows whose it is, the keys and the browsers', async () => {
    const { browser, user } = await somebody();
    atSeconds(2 * 3600);
    await openBrowser(user.userId);
    const { html } = await open(browser, '/account');
    expect(html).toContain(`You are <strong>${user.userId}</strong>`);
    expect(html).toContain('<bdi>local sign-in</bdi>');
    expect(html).toContain('never used');
    expect(html.match(/This browser/g)).toHaveLength(1);
    expect(html.match(/Another browser/g)).toHaveLength(1);
    expect(html).toContain('2 hours ago');
    expect(html).not.toContain(user.key.slice(-43));
  });

  it('tells nothing that an address makes up', async () => {
    const { browser } = await somebody();
    for (const word of ['nonsense', 'constructor', '<b>', ''])
      expect(saidOf(await open(browser, `/account?done=${encodeURIComponent(word)}`))).toBeUndefined();
  });
});

describe('a key', () => {
  it('is made, shown once with the lines to copy, and works', async () => {
    const { browser, user } = await somebody();
    const page = await submit(browser, '/account/keys', newKey);
    expect(page.status).toBe(201);
    expect(page.heading).toBe('Your new key');
    expect(page.headers.get('cache-control')).toBe('private, no-store');
    const key = /pyb_[0-9A-Za-z]{65}/.exec(page.html)?.[0] ?? '';
    const header = `-H &quot;Authorization: Bearer ${key}&quot;`;
    expect(page.html).toContain(`<code>curl --data-binary @hello.py ${header} ${origin}/</code>`);
    expect(page.html).toContain(`<code>curl ${header} ${origin}/~${user.userId}</code>`);
    const headers = { authorization: `Bearer ${key}` };
    expect((await ask('/', { method: 'POST', body: 'x', headers })).status).toBe(201);
    const account = await open(browser, '/account');
    expect(account.html).toContain('<bdi>curl on laptop</bdi> <span class="badge">reads and writes</span>');
    expect(account.html).not.toContain(key);
  });

  it('that reads only has no line to push', async () => {
    const { browser } = await somebody();
    const page = await submit(browser, '/account/keys', { ...newKey, scope: 'read', ttl: '86400' });
    expect(page.html).not.toContain('--data-binary');
    expect((await open(browser, '/account')).html).toMatch(/reads only[^]*ends <time[^>]*>in 1 day</);
  });

  it.each([
    ['no name', { name: '' }, 'A key’s name has 1 to 60 characters'],
    ['only spaces', { name: '  ' }, 'A key’s name has 1 to 60 characters'],
    ['a long name', { name: 'x'.repeat(61) }, 'A key’s name has 1 to 60 characters'],
    ['the name of another', { name: 'local sign-in' }, 'You have a key of this name'],
    ['an unknown scope', { scope: 'delete' }, 'A key reads, or it reads and writes.'],
    ['a lifetime that is none', { ttl: 'soon' }, 'A key is good for'],
    ['a lifetime that is too short', { ttl: '59' }, 'A key is good for'],
    ['no lifetime', { ttl: '' }, 'A key is good for'],
  ])('is not made with %s: what was typed stays', async (_what, changed, reason) => {
    const { browser, user } = await somebody();
    const fields = { ...newKey, ...changed };
    const page = await submit(browser, '/account/keys', fields);
    expect(page.status).toBe(400);
    expect(saidOf(page)).toContain(reason);
    expect(page.html).toContain('<details open>');
    expect(page.html).toContain(`name="name" type="text" value="${fields.name.trim()}"`);
    expect(await insideOf(user.userId).rowsOf('keys')).toHaveLength(1);
  });

  it('is not made twice where the page is loaded again', async () => {
    const { browser, user } = await somebody();
    await submit(browser, '/account/keys', newKey);
    expect((await submit(browser, '/account/keys', newKey)).status).toBe(400);
    expect(await insideOf(user.userId).rowsOf('keys')).toHaveLength(2);
  });

  it('is one of at most twenty', async () => {
    const { browser } = await somebody();
    for (let count = 1; count < limits.keysPerUser; count++) {
      atSeconds(count);
      const made = await submit(browser, '/account/keys', { ...newKey, name: `key ${count}` });
      expect(made.status).toBe(201);
    }
    expect((await open(browser, '/account')).html).toContain('which is all there may be');
    const page = await submit(browser, '/account/keys', newKey);
    expect(page.status).toBe(409);
    expect(saidOf(page)).toContain('Revoke one of them');
  });

  it('is revoked: its next use is refused', async () => {
    const { browser, user } = await somebody();
    const page = await act(browser, '/account/keys/1/revoke');
    expect(saidOf(page)).toBe('The key is revoked: its next use is refused.');
    expect(page.html).toContain('There is none yet.');
    expect(page.html).toMatch(/<title>The key is revoked[^<]*Your account/);
    expect((await user.ask('/v1/account')).status).toBe(401);
  });

  it.each(['7', '0', 'x', '1e1'])('that isn’t there can’t be revoked: %s', async (number) => {
    const { browser, user } = await somebody();
    const page = await submit(browser, `/account/keys/${number}/revoke`, {});
    expect(page.status).toBe(404);
    expect(saidOf(page)).toMatch(/\.$/);
    expect((await user.ask('/v1/account')).status).toBe(200);
  });
});

describe('what a push gets', () => {
  it('is saved, shown, and holds from then on', async () => {
    const { browser, user } = await somebody();
    const page = await act(browser, '/account/pushes', pushes);
    expect(saidOf(page)).toContain('Saved');
    expect(page.html).toMatch(/value="unlisted" required checked/);
    expect(page.html).toMatch(/<option value="3600" selected/);
    expect(page.html).toMatch(/value="off" required checked/);
    const pushed = await user.ask('/', {
      method: 'POST',
      body: 'x',
      headers: { accept: 'application/json' },
    });
    const { visibility, expireTime } = await pushed.json<{ visibility: string; expireTime: string }>();
    expect(visibility).toBe('unlisted');
    expect(Date.parse(expireTime) - Date.now()).toBe(3_600_000);
    const account = await (await user.ask('/v1/account')).json();
    expect(account).toMatchObject({ archiveEnabled: false, defaultTtlSeconds: 3600 });
  });

  it.each([
    ['a lifetime that is none', { ttl: 'x' }],
    ['a lifetime that is too long', { ttl: '99999999999' }],
    ['no lifetime', { ttl: '' }],
  ])('is refused with %s', async (_what, changed) => {
    const { browser } = await somebody();
    const page = await submit(browser, '/account/pushes', { ...pushes, ...changed });
    expect(page.status).toBe(400);
    expect(page.html).toMatch(/value="public" required checked/);
  });
});

describe('ways to sign in', () => {
  const identity = { name: 'a'.repeat(64), provider: 'google' };

  it('are removed, but for the last', async () => {
    const { browser, user } = await somebody();
    await insideOf(user.userId).inStorage(({ sql }) => {
      for (const [name, at] of [
        [identity.name, 1],
        ['b'.repeat(64), 2],
      ])
        sql.exec('INSERT INTO identities (name, provider, linked_at) VALUES (?, ?, ?)', name, 'google', at);
    });
    const page = await act(browser, '/account/identities/remove', { identity: identity.name });
    expect(saidOf(page)).toBe('The way to sign in is removed.');
    expect(page.html).toContain('This is the only one');
    const refused = await submit(browser, '/account/identities/remove', { identity: 'b'.repeat(64) });
    expect(refused.status).toBe(400);
    expect(saidOf(refused)).toContain('only way to sign in');
  });
});

describe('browsers', () => {
  it('are signed out, one by one', async () => {
    const { browser, user } = await somebody();
    const other = await openBrowser(user.userId);
    const page = await act(browser, '/account/sessions/2/end');
    expect(saidOf(page)).toBe('That browser is signed out.');
    expect(page.html).not.toContain('Another browser');
    expect((await other.ask('/v1/account')).status).toBe(401);
    expect((await browser.ask('/v1/account')).status).toBe(200);
  });
});

describe('taking everything along', () => {
  it('works by the browser alone', async () => {
    const { browser, user } = await somebody();
    await user.push('x');
    const answer = await browser.ask('/v1/account/export');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/zip');
    await answer.arrayBuffer();
  });
});

describe('erasing', () => {
  it('takes the user id, typed once more', async () => {
    const { browser, user } = await somebody();
    for (const typed of ['', 'somebody-else', user.userId.toUpperCase()]) {
      const page = await submit(browser, '/account/erase', { user_id: typed });
      expect(page.status).toBe(400);
      expect(saidOf(page)).toContain('say its user id');
      expect(page.html).toContain(`name="user_id" type="text" value="${typed}"`);
    }
    expect((await user.ask('/v1/account')).status).toBe(200);
  });

  it('leaves nothing, and signs out', async () => {
    const { browser, user } = await somebody();
    await user.push('x');
    const page = await submit(browser, '/account/erase', { user_id: ` ${user.userId} ` });
    expect(page.status).toBe(200);
    expect(page.heading).toBe('Your account is erased');
    expect(page.headers.get('set-cookie')).toMatch(/^__Host-pybin=; .*Max-Age=0/);
    expect(page.html).toContain('<dt>Snippets on the stack</dt><dd>1</dd>');
    expect((await user.ask('/v1/account')).status).toBe(401);
    expect((await browser.ask('/v1/account')).status).toBe(401);
    expect((await ask(`/~${user.userId}`)).status).toBe(404);
  });
});

describe('every form', () => {
  const forms: [string, Record<string, string>][] = [
    ['/account/keys', newKey],
    ['/account/keys/1/revoke', {}],
    ['/account/pushes', pushes],
    ['/account/identities/remove', { identity: 'x' }],
    ['/account/sessions/1/end', {}],
    ['/account/erase', { user_id: 'has-page' }],
  ];

  it.each(forms)('%s is refused from another site, and without a session', async (path, fields) => {
    const { browser, user } = await somebody();
    const said = { ...fields, ...(path === '/account/erase' && { user_id: user.userId }) };
    for (const from of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'same-site' }])
      expect((await submit(browser, path, said, from)).status).toBe(403);
    expect((await submit({ ask }, path, said, { origin })).status).toBe(401);
    const account = await (await user.ask('/v1/account')).json();
    expect(account).toMatchObject({ defaultVisibility: 'VISIBILITY_PUBLIC', archiveEnabled: true });
    expect(await insideOf(user.userId).rowsOf('keys')).toHaveLength(1);
  });

  it.each(forms)('%s takes a form and nothing else', async (path) => {
    const { browser } = await somebody();
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=b']) {
      const answer = await browser.ask(path, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': type },
      });
      expect(answer.status).toBe(400);
    }
    const long = await submit(browser, path, { name: 'x'.repeat(limits.formPageBytes) });
    expect(long.status).toBe(413);
  });
});

describe('the front page', () => {
  const headers = { accept: 'text/html' };

  it('says how to come in, or whose it is', async () => {
    const { browser, user } = await somebody();
    const nobodys = await open({ ask }, '/');
    expect(nobodys.html).toContain('<a class="button primary" href="/sign-in">Sign in</a>');
    const own = await open(browser, '/');
    expect(own.html).toContain(`You are signed in as <strong>${user.userId}</strong>`);
    expect(own.html).toContain(`curl ${origin}/~${user.userId}</code>`);
    expect(own.headers.get('cache-control')).toBe('private, no-store');
    expect((await ask('/', { headers })).headers.get('vary')).toContain('Cookie');
  });

  it('shows a terminal the two lines', async () => {
    const text = await (await ask('/')).text();
    expect(text).toContain(`curl --data-binary @hello.py -H "Authorization: Bearer pyb_..." ${origin}/`);
    expect(text).toContain(`curl ${origin}/~user`);
    expect(text).not.toContain('<');
  });
});
