// The page of a snippet in a real Chromium: it shows the text as it is, runs none of it, and fits a phone.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Edge, startEdge } from '../../worker/local/edge.ts';
import { type LocalUser, signInLocally } from '../../worker/local/sign-in.ts';
import { launchBrowser } from '../editor/host/browser.ts';
import { fits, picture, signInLocally as signIn } from './account/look.ts';
import { findingsOf } from './axe.ts';

const phone = { width: 360, height: 740 } as const;

let stateDirectory: string;
let edge: Edge;
let ada: LocalUser;
let browser: Browser;

beforeAll(async () => {
  stateDirectory = await mkdtemp(join(tmpdir(), 'pybin-web-'));
  edge = await startEdge({ port: 0, stateDirectory, localSignIn: true });
  ada = await signInLocally(edge.url, 'ada');
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await edge.close();
  await rm(stateDirectory, { recursive: true, force: true });
});

describe('the page of a snippet', () => {
  it.each([
    ['plain code', 'def f(x):\n\treturn x  # 🐍\n'],
    ['a first line that is empty', '\n\nx = 1\n'],
    ['text that looks like markup', '</code></pre><script>document.title = "owned"</script>&amp;<b>'],
    ['text that looks like an entity', '&lt;&#60;&quot;'],
  ])('shows %s exactly', async (_what, text) => {
    await push('/a.py', text);
    const page = await browser.newPage();
    await page.goto(`${edge.url}/~ada`);
    expect(await page.locator('pre').evaluate((element) => element.textContent)).toBe(text);
    expect(await page.title()).toBe('a.py · pybin');
    await page.close();
  });

  it('runs no script, whatever it gets', async () => {
    await push(
      '/x.py?description=%3Cimg%20src%3Dx%20onerror%3D%22document.title%3D1%22%3E',
      '<script>1</script>',
    );
    const page = await browser.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(`${edge.url}/~ada`);
    expect(await page.locator('img, script').count()).toBe(0);
    expect(await page.title()).toBe('x.py · pybin');
    expect(requests).toEqual([`${edge.url}/~ada`]);
    await page.close();
  });

  it.each(['light', 'dark'] as const)(
    'fits a phone, %s, with long lines scrolling inside',
    async (colorScheme) => {
      await push('/long_name_of_a_module.py', `x = ${'1234567890 + '.repeat(40)}0\n`.repeat(60));
      const page = await browser.newPage({ viewport: phone, colorScheme });
      await page.goto(`${edge.url}/~ada`);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(360);
      const background = await page.evaluate(
        () => getComputedStyle(document.querySelector('pre') ?? document.body).color,
      );
      expect(background).toBe(colorScheme === 'dark' ? 'rgb(255, 255, 255)' : 'rgb(0, 0, 0)');
      await page.close();
    },
  );

  it('wraps long lines for whoever wants them so', async () => {
    await push('/long.py', `x = ${'1234567890 + '.repeat(40)}0\n`);
    const page = await browser.newPage({ viewport: phone });
    await page.goto(`${edge.url}/~ada`);
    const isCut = () => page.locator('pre').evaluate((text) => text.scrollWidth > text.clientWidth);
    expect(await isCut()).toBe(true);
    await page.getByLabel('Wrap long lines').check();
    expect(await isCut()).toBe(false);
    await page.close();
  });

  it('gives the bytes as a file of its name', async () => {
    const text = 'x = 1\r\n';
    await push('/carried.py', text);
    const page = await browser.newPage();
    await page.goto(`${edge.url}/~ada`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('carried.py');
    expect(await readFile(await download.path(), 'utf8')).toBe(text);
    await page.close();
  });

  it('of what is private is reached from where nothing is, by signing in', async () => {
    const address = await push('/mine.py?visibility=private', 'mine');
    const page = await browser.newPage();
    const answer = await page.goto(address);
    expect(answer?.status()).toBe(404);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await signIn(page, 'ada');
    expect(page.url()).toBe(address);
    expect(await page.locator('pre').textContent()).toBe('mine');
    await page.close();
  });
});

const looks = [
  { name: 'light', colorScheme: 'light' },
  { name: 'dark', colorScheme: 'dark' },
  { name: 'high contrast', colorScheme: 'dark', forcedColors: 'active' },
] as const;

describe.each(looks)('on a phone, $name', ({ name, ...look }) => {
  it.each([
    ['a snippet', '/words.py?description=What%20it%20is%20for', 'words.py'],
    ['what burns', '/once.py?burn=1', 'This snippet burns'],
    ['an empty text', '/empty.py', 'empty.py'],
    ['nothing', '', '404 · There is nothing here'],
  ])('axe finds nothing, and it fits: %s', async (what, path, heading) => {
    const text = what === 'an empty text' ? '' : 'def f(x):\n    return x\n';
    const address = path === '' ? `${edge.url}/~nobody` : await push(path, text);
    const page = await browser.newPage({ viewport: phone, ...look });
    await page.goto(address);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(heading);
    await picture(page, `${what}, ${name}`);
    expect(await findingsOf(page)).toEqual([]);
    expect(await fits(page)).toBe(true);
    await page.close();
  });
});

/** Gives the address. */
async function push(path: string, text: string): Promise<string> {
  const answer = await fetch(`${edge.url}${path}`, {
    method: 'PUT',
    body: text,
    headers: { authorization: `Bearer ${ada.key}` },
  });
  expect(answer.status).toBe(201);
  return (await answer.text()).trim();
}
