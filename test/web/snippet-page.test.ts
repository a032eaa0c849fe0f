// The page of a snippet in a real Chromium: it shows the text as it is, runs none of it, and fits a phone.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Edge, startEdge } from '../../worker/local/edge.ts';
import { type LocalUser, signInLocally } from '../../worker/local/sign-in.ts';
import { launchBrowser } from '../editor/host/browser.ts';

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
    expect(await page.title()).toBe('a.py');
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
    expect(await page.title()).toBe('x.py');
    expect(requests).toEqual([`${edge.url}/~ada`]);
    await page.close();
  });

  it.each(['light', 'dark'] as const)(
    'fits a phone, %s, with long lines scrolling inside',
    async (colorScheme) => {
      await push('/long_name_of_a_module.py', `x = ${'1234567890 + '.repeat(40)}0\n`.repeat(60));
      const page = await browser.newPage({ viewport: { width: 360, height: 740 }, colorScheme });
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

  it('says so where there is nothing', async () => {
    const page = await browser.newPage();
    const answer = await page.goto(`${edge.url}/~nobody`);
    expect(answer?.status()).toBe(404);
    expect(await page.locator('h1').textContent()).toContain('There is nothing here');
    await page.close();
  });
});

async function push(path: string, text: string): Promise<void> {
  const answer = await fetch(`${edge.url}${path}`, {
    method: 'PUT',
    body: text,
    headers: { authorization: `Bearer ${ada.key}` },
  });
  expect(answer.status).toBe(201);
}
