// Signing in from a real browser by a real OpenID provider: from nothing to an account, and back again.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInLocally } from '../../../worker/local/sign-in.ts';
import { findingsOf } from '../axe.ts';
import { createDesk, type Desk, inContext, register, userIdField, whoIsIn } from './desk.ts';
import { listen, type Loopback } from './loopback.ts';
import { answerAsProvider, enterLogin, providerVars, sayYes } from './openid-provider.ts';

const NEVER = 'a callback that nobody followed';

let loopback: Loopback;
let desk: Desk;

beforeAll(async () => {
  loopback = await listen();
  desk = await createDesk(providerVars(loopback));
  answerAsProvider(loopback, desk.url);
});

afterAll(async () => {
  await desk.close();
  await loopback.close();
});

describe('a new user', () => {
  it('goes from nothing to an account, out again, and straight in the next time', async () => {
    await inContext(desk.browser, {}, async (page, context) => {
      await begin(page);
      await sayYes(page, 'grace');
      await page.waitForURL('**/sign-in/register?*');
      expect(await page.locator('input:checked').count()).toBe(0);
      await register(page, 'grace-hopper', 'Only you');
      await page.waitForURL(`${desk.url}/account`);
      expect(await whoIsIn(page, desk.url)).toBe('grace-hopper');
      const cookie = (await context.cookies(desk.url)).find(({ name }) => name === '__Host-pybin');
      expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });

      await page.goto(`${desk.url}/sign-out`);
      await page.getByRole('button', { name: 'Sign out of this browser' }).click();
      await page.getByText('You are signed out.').waitFor();
      expect(await whoIsIn(page, desk.url)).toBeUndefined();

      await begin(page);
      await page.waitForURL(`${desk.url}/account`);
      expect(await whoIsIn(page, desk.url)).toBe('grace-hopper');
    });
  });

  it('makes a key, uses it, and is out everywhere at one click', async () => {
    await inContext(desk.browser, {}, async (page, context) => {
      await begin(page);
      await sayYes(page, 'leaves');
      await page.waitForURL('**/sign-in/register?*');
      await register(page, 'leaves-all', 'Only you');
      await page.waitForURL(`${desk.url}/account`);
      const made = await context.request.post(`${desk.url}/v1/keys`, {
        data: { name: 'curl', scope: 'KEY_SCOPE_WRITE' },
        headers: { origin: desk.url },
      });
      expect(made.status()).toBe(201);
      const { keyText }: { keyText: string } = await made.json();
      const asKey = (path: string, init: RequestInit = {}) =>
        fetch(`${desk.url}${path}`, { ...init, headers: { authorization: `Bearer ${keyText}` } });
      expect((await asKey('/', { method: 'POST', body: 'print("hi")\n' })).status).toBe(201);
      await page.goto(`${desk.url}/~leaves-all`);
      expect(await page.locator('pre').textContent()).toBe('print("hi")\n');

      const elsewhere = await desk.browser.newContext({ storageState: await context.storageState() });
      const other = await elsewhere.newPage();
      expect(await whoIsIn(other, desk.url)).toBe('leaves-all');
      await page.goto(`${desk.url}/sign-out`);
      await page.getByRole('button', { name: 'Sign out everywhere' }).click();
      await page.getByText('You are signed out.').waitFor();
      expect((await asKey('/v1/account')).status).toBe(401);
      expect(await whoIsIn(page, desk.url)).toBeUndefined();
      expect(await whoIsIn(other, desk.url)).toBeUndefined();
      await elsewhere.close();
    });
  });

  it('needs no script', async () => {
    await inContext(desk.browser, { javaScriptEnabled: false }, async (page) => {
      await begin(page);
      await sayYes(page, 'plain');
      await page.waitForURL('**/sign-in/register?*');
      await register(page, 'no-script', 'Everybody');
      await page.waitForURL(`${desk.url}/account`);
      expect(await whoIsIn(page, desk.url)).toBe('no-script');
    });
  });

  it('needs no mouse', async () => {
    await inContext(desk.browser, {}, async (page) => {
      await page.goto(`${desk.url}/sign-in`);
      await page.getByRole('button', { name: 'Sign in with Example' }).focus();
      await page.keyboard.press('Enter');
      await sayYes(page, 'keys-only');
      await page.waitForURL('**/sign-in/register?*');
      await userIdField(page).focus();
      await page.keyboard.type('keyboard');
      await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowDown');
      expect(await page.locator('input:checked').getAttribute('value')).toBe('unlisted');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${desk.url}/account`);
      expect(await whoIsIn(page, desk.url)).toBe('keyboard');
    });
  });

  it('is told while typing that a user id is taken, and at the end, where nothing entered is lost', async () => {
    await signInLocally(desk.url, 'was-first');
    await inContext(desk.browser, {}, async (page) => {
      await begin(page);
      await sayYes(page, 'second');
      await page.waitForURL('**/sign-in/register?*');
      await userIdField(page).pressSequentially('was-first');
      await page.getByText('was-first is taken. Choose another.').waitFor();
      await userIdField(page).pressSequentially('-not');
      await page.getByText('was-first-not is free.').waitFor();
      await register(page, 'was-first', 'Whoever has the link');
      await page.getByText('This user id is taken. Choose another.').waitFor();
      expect(await userIdField(page).inputValue()).toBe('was-first');
      expect(await page.locator('input:checked').getAttribute('value')).toBe('unlisted');
      await register(page, 'was-second', 'Only you');
      await page.waitForURL(`${desk.url}/account`);
    });
  });
});

describe('somebody who says no', () => {
  it('gets a page that says so, and can begin again', async () => {
    await inContext(desk.browser, {}, async (page) => {
      await begin(page);
      await page.getByRole('link', { name: 'Cancel' }).click();
      await page.getByRole('heading', { name: 'You didn’t sign in' }).waitFor();
      await page.getByRole('link', { name: 'To the sign-in' }).click();
      await page.getByRole('button', { name: 'Sign in with Example' }).waitFor();
      expect(await whoIsIn(page, desk.url)).toBeUndefined();
    });
  });
});

describe('an address that led back', () => {
  it('leads nowhere a second time, in this browser or another', async () => {
    let callback = NEVER;
    await inContext(desk.browser, {}, async (page) => {
      page.on('request', (request) => {
        if (request.url().includes('/callback?')) callback = request.url();
      });
      await begin(page);
      await sayYes(page, 'replayed');
      await page.waitForURL('**/sign-in/register?*');
      await page.goto(callback);
      await page.getByRole('heading', { name: 'This sign-in is over' }).waitFor();
    });
    await inContext(desk.browser, {}, async (page) => {
      await page.goto(callback);
      await page.getByRole('heading', { name: 'This sign-in is over' }).waitFor();
    });
  });

  it('leads nowhere in a browser that didn’t begin, before it was followed', async () => {
    let callback = NEVER;
    await inContext(desk.browser, {}, async (page) => {
      await begin(page);
      await enterLogin(page, 'lured');
      callback = await agreeAndStop(page);
    });
    await inContext(desk.browser, {}, async (page) => {
      await page.goto(callback);
      await page.getByRole('heading', { name: 'Begin again in this browser' }).waitFor();
      expect(await whoIsIn(page, desk.url)).toBeUndefined();
    });
  });
});

describe('a page of another origin', () => {
  it('signs nobody in and nobody out, though the browser sends the cookie to the same site', async () => {
    await signInLocally(desk.url, 'is-lured');
    const evil = await listen();
    evil.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(
        ['/sign-out', '/sign-out/everywhere', '/sign-in/oidc', '/sign-in/local']
          .map(
            (path) =>
              `<form method="post" action="${desk.url}${path}"><input name="userId" value="evil"><button>${path}</button></form>`,
          )
          .join(''),
      );
    });
    // Another port of this host is another origin of the same site: SameSite lets its requests through.
    const sameSite = evil.url.replace('127.0.0.1', 'localhost');
    await inContext(desk.browser, {}, async (page) => {
      await signInHere(page, 'is-lured');
      for (const path of ['/sign-out', '/sign-out/everywhere', '/sign-in/oidc', '/sign-in/local']) {
        await page.goto(sameSite);
        const answer = page.waitForResponse(`${desk.url}${path}`);
        await page.getByRole('button', { name: path, exact: true }).click();
        expect((await answer).status()).toBe(403);
      }
      expect(await whoIsIn(page, desk.url)).toBe('is-lured');
    });
    await evil.close();
  });
});

describe('on this machine', () => {
  it('one signs in as whoever one says, and comes back to where one was going', async () => {
    await inContext(desk.browser, {}, async (page) => {
      await page.goto(`${desk.url}/device`);
      await userIdField(page).fill('lives-here');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.waitForURL(`${desk.url}/device`);
      expect(await whoIsIn(page, desk.url)).toBe('lives-here');
    });
  });
});

const shown: [string, (page: Page) => Promise<void>][] = [
  ['the sign-in', async (page) => void (await page.goto(`${desk.url}/sign-in`))],
  [
    'the registration',
    async (page) => {
      await begin(page);
      await sayYes(page, `looks-${crypto.randomUUID()}`);
      await page.waitForURL('**/sign-in/register?*');
    },
  ],
  [
    'the registration that was refused',
    async (page) => {
      await begin(page);
      await sayYes(page, `refused-${crypto.randomUUID()}`);
      await page.waitForURL('**/sign-in/register?*');
      await register(page, 'admin', 'Everybody');
      await page.getByText('This user id is reserved').waitFor();
    },
  ],
  ['a failure', async (page) => void (await page.goto(`${desk.url}/sign-in/oidc/callback?state=none`))],
  [
    'the sign-out',
    async (page) => {
      await signInHere(page, 'leaves-soon');
      await page.goto(`${desk.url}/sign-out`);
    },
  ],
];

describe.each(shown)('the page of %s', (name, goTo) => {
  it.each(['light', 'dark'] as const)('fits a phone, and keeps nobody out, in %s', async (colorScheme) => {
    const phone = { viewport: { width: 360, height: 740 }, colorScheme };
    await inContext(desk.browser, phone, async (page) => {
      await goTo(page);
      expect(await findingsOf(page)).toEqual([]);
      const widths = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      expect(widths[0]).toBe(widths[1]);
      const folder = process.env['PYBIN_STORY_PICTURES'];
      if (folder) await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png`, fullPage: true });
    });
  });
});

/** To the provider. */
async function begin(page: Page): Promise<void> {
  await page.goto(`${desk.url}/sign-in`);
  await page.getByRole('button', { name: 'Sign in with Example' }).click();
}

/** Says yes, and doesn't follow the provider back: gives where it would lead. */
async function agreeAndStop(page: Page): Promise<string> {
  const { request } = page.context();
  const form = page.locator('form');
  const prompt = await form.locator('input[name=prompt]').inputValue();
  const action = (await form.getAttribute('action')) ?? '';
  let answer = await request.post(action, { form: { prompt }, maxRedirects: 0 });
  for (;;) {
    const location = answer.headers()['location'] ?? '';
    if (location === '' || location.includes('/callback?')) return location;
    answer = await request.get(location, { maxRedirects: 0 });
  }
}

async function signInHere(page: Page, userId: string): Promise<void> {
  await page.goto(`${desk.url}/sign-in`);
  await userIdField(page).fill(userId);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(`${desk.url}/account`);
}
