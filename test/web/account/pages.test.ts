// The pages of an account in a real Chromium, dark and light, on a desk and on a phone: nothing is in anybody's way.

import { createHash } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findingsOf } from '../axe.ts';
import { createDesk, type Desk } from '../sign-in/desk.ts';
import { fits, picture, signInLocally } from './look.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await createDesk({});
});
afterAll(() => desk.close());

const looks = [
  { name: 'light, on a desk', colorScheme: 'light', viewport: { width: 1100, height: 800 } },
  { name: 'dark, on a desk', colorScheme: 'dark', viewport: { width: 1100, height: 800 } },
  { name: 'light, on a phone', colorScheme: 'light', viewport: { width: 360, height: 740 } },
  { name: 'dark, on a phone', colorScheme: 'dark', viewport: { width: 360, height: 740 } },
] as const;

const connectPath = `/connect?${new URLSearchParams({
  redirect_uri: 'http://127.0.0.1:1/signed-in',
  state: 'state',
  code_challenge: createHash('sha256').update('v'.repeat(43)).digest('base64url'),
  code_challenge_method: 'S256',
  name: 'VS Code on a laptop with a rather long name of its own',
}).toString()}`;

interface Place {
  readonly name: string;
  /** Goes there, by a page that is signed in. */
  readonly go: (page: Page) => Promise<void>;
  readonly heading: string;
}

const at = (name: string, path: string, heading: string): Place => ({
  name,
  heading,
  go: async (page) => {
    await page.goto(desk.url + path);
  },
});

const places: readonly Place[] = [
  at('front page', '/', 'Code, carried between your devices'),
  at('account', '/account', 'Your account'),
  at('account with a word on what was done', '/account?done=saved', 'Your account'),
  {
    name: 'account with its forms open',
    heading: 'Your account',
    go: async (page) => {
      await page.goto(`${desk.url}/account`);
      await page.getByText('Make a key').click();
      await page.getByText('Erase it').click();
    },
  },
  {
    name: 'key that can’t be made',
    heading: 'Your account',
    go: async (page) => {
      await page.goto(`${desk.url}/account`);
      await page.getByText('Make a key').click();
      await page.getByLabel('Name').fill(' ');
      await page.getByRole('button', { name: 'Make the key' }).click();
    },
  },
  {
    name: 'new key',
    heading: 'Your new key',
    go: async (page) => {
      await page.goto(`${desk.url}/account`);
      await page.getByText('Make a key').click();
      await page.getByLabel('Name').fill(`curl, ${crypto.randomUUID()}`);
      await page.getByRole('button', { name: 'Make the key' }).click();
    },
  },
  at('editor that asks', connectPath, 'Does your editor ask?'),
  at('editor that can’t be connected', '/connect', 'This can’t be connected'),
  {
    name: 'editor that is refused',
    heading: 'Refused',
    go: async (page) => {
      // Where nothing listens, so that the page stays.
      await page.goto(
        `${desk.url}${connectPath.replace('http%3A%2F%2F127.0.0.1%3A1', 'vscode%3A%2F%2Fpybin.pybin')}`,
      );
      await page.getByRole('button', { name: 'Refuse' }).click();
    },
  },
  at('device', '/device?user_code=BCDF-GHJK', 'Connect a device'),
  {
    name: 'wrong code of a device',
    heading: 'Connect a device',
    go: async (page) => {
      await page.goto(`${desk.url}/device`);
      await page.getByLabel('Code').fill('abc');
      await page.getByRole('button', { name: 'Continue' }).click();
    },
  },
  {
    name: 'device that asks',
    heading: 'Does this device ask?',
    go: async (page) => {
      const { user_code: code } = await beginDevice();
      await page.goto(`${desk.url}/device?user_code=${code}`);
      await page.getByRole('button', { name: 'Continue' }).click();
    },
  },
  {
    name: 'device that is connected',
    heading: 'Your device is connected',
    go: async (page) => {
      const { user_code: code } = await beginDevice();
      await page.goto(`${desk.url}/device?user_code=${code}`);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('button', { name: 'Approve' }).click();
    },
  },
  at('problem', '/~nobody-at-all', '404 · There is nothing here'),
];

describe.each(looks)('$name', ({ name, ...look }) => {
  let person: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    person = await desk.browser.newContext(look);
    page = await person.newPage();
    await page.goto(`${desk.url}/sign-in`);
    await signInLocally(page, `looks-${looks.findIndex((each) => each.name === name)}`);
  });
  afterAll(() => person.close());

  it.each(places)('$name: axe finds nothing, and it fits', async ({ name: place, heading, go }) => {
    await go(page);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(heading);
    await picture(page, `${place}, ${name}`);
    expect(await findingsOf(page)).toEqual([]);
    expect(await fits(page)).toBe(true);
  });
});

describe('by keyboard alone', () => {
  it('every control is reached, in order, and is seen to be', async () => {
    const person = await desk.browser.newContext();
    const page = await person.newPage();
    await page.goto(`${desk.url}/sign-in`);
    await signInLocally(page, 'by-keyboard');
    const seen: string[] = [];
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return undefined;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const label =
          element.getAttribute('aria-label') ?? element.getAttribute('name') ?? element.textContent;
        return { label, outline: `${outlineStyle} ${outlineWidth}` };
      });
      if (!focused) break;
      expect(focused.outline).toBe('solid 3px');
      seen.push(focused.label);
    }
    expect(seen).toEqual([
      'pybin',
      'by-keyboard',
      '/~by-keyboard',
      'Make a key',
      'visibility',
      'ttl',
      'archive',
      'Save',
      'Sign out of this browser',
      'Sign out everywhere',
      'Export',
      'Erase it',
    ]);
    await person.close();
  });
});

describe('without script', () => {
  it('a key is made, used and revoked', async () => {
    const person = await desk.browser.newContext({ javaScriptEnabled: false });
    const page = await person.newPage();
    await page.goto(`${desk.url}/account`);
    await signInLocally(page, 'no-script');
    await page.getByText('Make a key').click();
    await page.getByLabel('Name').fill('curl');
    await page.getByRole('button', { name: 'Make the key' }).click();
    const key = (await page.getByRole('region', { name: 'The key' }).textContent()) ?? '';
    expect(await statusOf(key)).toBe(200);
    await page.getByRole('link', { name: 'I have copied it' }).click();
    await page.getByRole('button', { name: 'Revoke curl' }).click();
    expect(await page.getByRole('status').textContent()).toContain('The key is revoked');
    expect(await statusOf(key)).toBe(401);
    await person.close();
  });
});

async function statusOf(key: string): Promise<number> {
  const answer = await fetch(`${desk.url}/v1/account`, { headers: { authorization: `Bearer ${key}` } });
  return answer.status;
}

async function beginDevice(): Promise<{ user_code: string; device_code: string }> {
  const answer = await fetch(`${desk.url}/v1/sign-in/device`, {
    method: 'POST',
    body: JSON.stringify({ name: 'pybin on a small computer' }),
  });
  return answer.json();
}
