// The log of signing in: codes, keys, states and names are nobody's to read there, whatever breaks.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ask, signIn } from '../edge.ts';
import { hiddenFields, linkOf, open, submit } from '../pages/forms.ts';
import { type Browser, openBrowser } from '../session.ts';
import { askInstance, brokenStacks } from './instance.ts';

const codeVerifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const asked = {
  redirect_uri: 'vscode://pybin.pybin/secret-path',
  state: 'secret-state',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
  name: 'Secret Editor',
};

/** All that was logged by a test. */
let lines: string[] = [];
let users = 0;

beforeEach(() => {
  lines = [];
  for (const level of ['debug', 'error', 'info', 'log', 'warn'] as const)
    vi.spyOn(console, level).mockImplementation((...written: unknown[]) => {
      lines.push(written.map(String).join(' '));
    });
});
afterEach(() => void vi.restoreAllMocks());

async function somebody(): Promise<Browser> {
  users += 1;
  await signIn(`unlogged-${users}`);
  return openBrowser(`unlogged-${users}`);
}

async function approvedCode(browser: Browser): Promise<string> {
  const question = await open(browser, `/connect?${new URLSearchParams(asked).toString()}`);
  const page = await submit(browser, '/connect', { ...hiddenFields(question), answer: 'approve' });
  return new URL(linkOf(page, 'Open Visual Studio Code')).searchParams.get('code') ?? '';
}

interface Asking {
  readonly device_code: string;
  readonly user_code: string;
}

async function beginDevice(): Promise<Asking> {
  const body = JSON.stringify({ name: 'Secret Device' });
  return (await ask('/v1/sign-in/device', { method: 'POST', body })).json<Asking>();
}

/** The same browser before an instance whose Stacks break, quoting all that they know. */
function broken(browser: Pick<Browser, 'ask'> & { cookie?: string }, message: string): Pick<Browser, 'ask'> {
  return {
    ask(path, init = {}) {
      const headers = new Headers(init.headers);
      headers.set('sec-fetch-site', 'same-origin');
      if (browser.cookie !== undefined) headers.set('cookie', browser.cookie);
      return askInstance({ STACK: brokenStacks(message) }, path, { ...init, headers });
    },
  };
}

/** Expects one line for the failure, with nothing in it that opens anything or that somebody wrote. */
function expectUntold(route: string, secrets: readonly string[]): void {
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(`"route":"${route}"`);
  for (const secret of [...secrets, 'secret-state', 'secret-path', 'Secret'])
    for (const line of lines) expect(line).not.toContain(secret);
}

describe('what breaks while', () => {
  it('an editor asks', async () => {
    const browser = await somebody();
    const query = new URLSearchParams(asked).toString();
    const answer = await broken(browser, JSON.stringify(asked)).ask(`/connect?${query}`);
    expect(answer.status).toBe(500);
    expectUntold('/connect', [asked.code_challenge, browser.cookie]);
  });

  it('an editor fetches its key', async () => {
    const browser = await somebody();
    const code = await approvedCode(browser);
    const body = JSON.stringify({ code, codeVerifier });
    const answer = await broken({ ask }, body).ask('/v1/sign-in/code', { method: 'POST', body });
    expect(answer.status).toBe(500);
    expectUntold('/v1/sign-in/code', [code, codeVerifier]);
    expect(await answer.text()).not.toContain(code);
  });

  it('a device fetches its key', async () => {
    const browser = await somebody();
    const { device_code: deviceCode, user_code: userCode } = await beginDevice();
    const question = await submit(browser, '/device', { user_code: userCode });
    await submit(browser, '/device/answer', { ...hiddenFields(question), answer: 'approve' });
    const body = JSON.stringify({ device_code: deviceCode });
    const answer = await broken({ ask }, body).ask('/v1/sign-in/device/token', { method: 'POST', body });
    expect(answer.status).toBe(500);
    expectUntold('/v1/sign-in/device/token', [deviceCode, userCode]);
  });

  it('a code is typed', async () => {
    const browser = await somebody();
    const { user_code: userCode } = await beginDevice();
    const page = await submit(broken(browser, userCode), '/device', { user_code: userCode });
    expect(page.status).toBe(500);
    expectUntold('/device', [userCode, browser.cookie]);
  });

  it('a key is made', async () => {
    const browser = await somebody();
    const fields = { name: 'Secret Key', scope: 'read', ttl: '0' };
    const page = await submit(broken(browser, JSON.stringify(fields)), '/account/keys', fields);
    expect(page.status).toBe(500);
    expectUntold('/account/keys', [browser.cookie]);
  });
});

describe('what goes well, or is refused', () => {
  it('is not logged at all', async () => {
    const browser = await somebody();
    const code = await approvedCode(browser);
    await ask('/v1/sign-in/code', { method: 'POST', body: JSON.stringify({ code, codeVerifier }) });
    await ask('/v1/sign-in/code', { method: 'POST', body: JSON.stringify({ code, codeVerifier }) });
    const { device_code: deviceCode, user_code: userCode } = await beginDevice();
    await submit(browser, '/device', { user_code: userCode });
    await submit(browser, '/device', { user_code: 'BCDF-GHJK' });
    await ask('/v1/sign-in/device/token', {
      method: 'POST',
      body: JSON.stringify({ device_code: deviceCode }),
    });
    await submit(browser, '/account/keys', { name: 'k', scope: 'read', ttl: '0' });
    expect(lines).toEqual([]);
  });
});
