// The whole story: from nothing to a key in a terminal, an editor and a device, and out of all of them at once.

import { createHash, randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findingsOf } from '../axe.ts';
import { createDesk, type Desk, register } from '../sign-in/desk.ts';
import { listen, type Loopback } from '../sign-in/loopback.ts';
import { answerAsProvider, providerVars, sayYes } from '../sign-in/openid-provider.ts';
import { picture } from './look.ts';

const text = 'def carried():\r\n\treturn "\u{1F40D}\0"  # no newline at the end';

let provider: Loopback;
let edge: Desk;
let desk: Page;
let phone: Page;
/** What each of them shows from when it has it. */
const keys: Record<'curl' | 'editor' | 'device', string> = { curl: '', editor: '', device: '' };

beforeAll(async () => {
  provider = await listen();
  edge = await createDesk(providerVars(provider));
  answerAsProvider(provider, edge.url);
  desk = await edge.browser.newPage();
  phone = await edge.browser.newPage({ viewport: { width: 360, height: 740 } });
});
afterAll(async () => {
  await edge.close();
  await provider.close();
});

describe('ada', () => {
  it('comes in by the front page, and chooses her user id and who may read', async () => {
    await desk.goto(edge.url);
    await picture(desk, 'story 1, front page');
    await desk.getByRole('link', { name: 'Sign in' }).click();
    await desk.getByRole('button', { name: 'Sign in with Example' }).click();
    await sayYes(desk, 'ada@example.org');
    await desk.waitForURL('**/sign-in/register?*');
    await register(desk, 'ada', 'Only you');
    await desk.waitForURL(`${edge.url}/account`);
    expect(await desk.getByRole('main').textContent()).toContain('You are ada');
  });

  it('makes a key for her terminal, and pushes and pulls with the lines that she is shown', async () => {
    await desk.getByText('Make a key').click();
    await desk.getByLabel('Name').fill('curl on laptop');
    await desk.getByRole('button', { name: 'Make the key' }).click();
    await picture(desk, 'story 2, new key');
    keys.curl = await shown('The key');
    expect(await shown('Push a file')).toBe(
      `curl --data-binary @hello.py -H "Authorization: Bearer ${keys.curl}" ${edge.url}/`,
    );
    expect(await shown('Pull the newest')).toBe(
      `curl -H "Authorization: Bearer ${keys.curl}" ${edge.url}/~ada`,
    );
    // As curl's --data-binary sends it.
    const headers = {
      authorization: `Bearer ${keys.curl}`,
      'content-type': 'application/x-www-form-urlencoded',
    };
    const pushed = await fetch(`${edge.url}/`, { method: 'POST', headers, body: text });
    expect(pushed.status).toBe(201);
    const pulled = await fetch(`${edge.url}/~ada`, {
      headers: { authorization: `Bearer ${keys.curl}` },
    });
    expect(await pulled.text()).toBe(text);
  });

  it('approves her editor, which fetches a key of its own', async () => {
    const editor = await openEditor();
    const codeVerifier = randomBytes(48).toString('base64url');
    const asked = new URLSearchParams({
      redirect_uri: `${editor.url}/signed-in`,
      state: 'a state',
      code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
      name: 'VS Code on laptop',
    });
    await desk.goto(`${edge.url}/connect?${asked.toString()}`);
    await picture(desk, 'story 3, editor');
    expect(await desk.getByRole('main').textContent()).toContain(`a program on this device (${editor.url})`);
    await desk.getByRole('button', { name: 'Approve' }).click();
    const { searchParams } = await editor.arrived;
    await editor.close();
    expect(searchParams.get('state')).toBe('a state');
    const answer = await post('/v1/sign-in/code', { code: searchParams.get('code'), codeVerifier });
    expect(answer).toEqual({ userId: 'ada', key: expect.stringMatching(/^pyb_/) });
    keys.editor = String(answer['key']);
    expect(await statusOf(keys.editor)).toBe(200);
  });

  it('approves a small computer from her phone, where she has to sign in first', async () => {
    const asking = await post('/v1/sign-in/device', { name: 'pybin on pi' });
    const { device_code: deviceCode, user_code: code } = asking;
    const ask = () => post('/v1/sign-in/device/token', { device_code: deviceCode });
    expect(await ask()).toMatchObject({ error: 'authorization_pending' });
    await phone.goto(String(asking['verification_uri']));
    await phone.getByRole('button', { name: 'Sign in with Example' }).click();
    await sayYes(phone, 'ada@example.org');
    await phone.getByLabel('Code').fill(String(code).toLowerCase().replace('-', ' '));
    await phone.getByRole('button', { name: 'Continue' }).click();
    await picture(phone, 'story 4, device');
    expect(await phone.getByRole('main').textContent()).toContain('pybin on pi');
    await phone.getByRole('button', { name: 'Approve' }).click();
    await phone.getByRole('heading', { name: 'Your device is connected' }).waitFor();
    const answer = await ask();
    expect(answer).toEqual({ userId: 'ada', key: expect.stringMatching(/^pyb_/) });
    keys.device = String(answer['key']);
    expect(await statusOf(keys.device)).toBe(200);
  });

  it('sees them all on the page of her account', async () => {
    await desk.goto(`${edge.url}/account`);
    await picture(desk, 'story 5, account');
    const section = desk.getByRole('region', { name: 'Keys' });
    for (const name of ['curl on laptop', 'VS Code on laptop', 'pybin on pi'])
      expect(await section.getByRole('heading', { name }).count()).toBe(1);
    const browsers = desk.getByRole('region', { name: 'Browsers that are signed in' });
    expect(await browsers.getByRole('heading').allTextContents()).toEqual(
      expect.arrayContaining(['This browser', 'Another browser']),
    );
    expect(await findingsOf(desk)).toEqual([]);
  });

  it('signs out everywhere: browsers, terminal, editor and device are all refused', async () => {
    await desk.getByRole('button', { name: 'Sign out everywhere' }).click();
    await desk.waitForURL(({ pathname }) => pathname === '/sign-in');
    await picture(desk, 'story 6, signed out');
    for (const [who, key] of Object.entries(keys)) expect(`${who} ${await statusOf(key)}`).toBe(`${who} 401`);
    for (const page of [desk, phone]) {
      await page.goto(`${edge.url}/account`);
      expect(new URL(page.url()).pathname).toBe('/sign-in');
    }
  });

  it('comes back and takes everything along, and away', async () => {
    // The provider knows her still.
    await desk.getByRole('button', { name: 'Sign in with Example' }).click();
    await desk.waitForURL(`${edge.url}/account`);
    const download = desk.waitForEvent('download');
    await desk.getByRole('link', { name: 'Export' }).click();
    expect((await download).suggestedFilename()).toMatch(/^pybin-ada-.*\.zip$/);
    await desk.getByText('Erase it').click();
    await desk.getByLabel('Your user id, typed once more').fill('ada');
    await desk.getByRole('button', { name: 'Erase everything' }).click();
    await desk.getByRole('heading', { name: 'Your account is erased' }).waitFor();
    await picture(desk, 'story 7, erased');
    expect((await fetch(`${edge.url}/~ada`)).status).toBe(404);
  });
});

/** What a box on the page holds, to be copied. */
async function shown(name: string): Promise<string> {
  return (await desk.getByRole('region', { name }).textContent()) ?? '';
}

async function statusOf(key: string): Promise<number> {
  const answer = await fetch(`${edge.url}/v1/account`, { headers: { authorization: `Bearer ${key}` } });
  return answer.status;
}

async function post(path: string, fields: object): Promise<Record<string, unknown>> {
  const answer = await fetch(edge.url + path, { method: 'POST', body: JSON.stringify(fields) });
  return answer.json();
}

/** An editor that waits for its answer on this device (RFC 8252, 7.3). */
async function openEditor(): Promise<{ url: string; arrived: Promise<URL>; close(): Promise<void> }> {
  const arrived = Promise.withResolvers<URL>();
  const editor = await listen();
  editor.answerWith((request, response) => {
    arrived.resolve(new URL(request.url ?? '', editor.url));
    response.end('You can go back to your editor.');
  });
  return { url: editor.url, arrived: arrived.promise, close: () => editor.close() };
}
