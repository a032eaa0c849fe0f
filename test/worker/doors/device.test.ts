// A device without a browser gets a key: what it asks, what it hears, and what the one who answers it sees.

import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { ask, origin, signIn, type User } from '../edge.ts';
import { hiddenFields, linkOf, open, submit } from '../pages/forms.ts';
import { type Browser, openBrowser } from '../session.ts';
import { atSeconds, insideOf, useOwnClock } from '../stack-inside.ts';
import { expectProblem } from './problem.ts';

useOwnClock();

const { intervalSeconds, seconds, wrongCodes } = limits.device;

interface Asking {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
  readonly expires_in: number;
  readonly interval: number;
}

let users = 0;

async function somebody(): Promise<{ user: User; browser: Browser }> {
  users += 1;
  const user = await signIn(`approves-${users}`);
  return { user, browser: await openBrowser(user.userId) };
}

/** A browser as the network knows it. */
function from(address: string, browser: Browser): Pick<Browser, 'ask'> {
  return {
    ask(path, init = {}) {
      const headers = new Headers(init.headers);
      headers.set('cf-connecting-ip', address);
      return browser.ask(path, { ...init, headers });
    },
  };
}

async function begin(body = '{"name":"pybin on pi"}', address?: string): Promise<Asking> {
  const headers = address === undefined ? {} : { 'cf-connecting-ip': address };
  const begun = await ask('/v1/sign-in/device', { method: 'POST', body, headers });
  expect(begun.status).toBe(200);
  expect(begun.headers.get('cache-control')).toBe('no-store');
  return begun.json<Asking>();
}

const poll = (deviceCode: unknown) =>
  ask('/v1/sign-in/device/token', { method: 'POST', body: JSON.stringify({ device_code: deviceCode }) });

/** The error that a device hears; `key` where it gets one. */
async function heard({ device_code: code }: Asking): Promise<string> {
  const polled = await poll(code);
  const said = await polled.json<{ error?: string; error_description?: string; key?: string }>();
  expect(polled.headers.get('cache-control')).toBe('no-store');
  expect(polled.status).toBe(said.error === undefined ? 200 : 400);
  if (said.error !== undefined) expect(said.error_description).toMatch(/\.$/);
  return said.error ?? 'key';
}

/** Types a code and answers the device that asks with it. */
async function answer(browser: Pick<Browser, 'ask'>, typed: string, how: 'approve' | 'refuse') {
  const page = await submit(browser, '/device', { user_code: typed });
  return submit(browser, '/device/answer', { ...hiddenFields(page), answer: how });
}

describe('a device that begins', () => {
  it('gets what RFC 8628 has it get', async () => {
    const asking = await begin();
    expect(asking).toEqual({
      device_code: expect.stringMatching(/^pyd_[A-Z]{8}[0-9A-Za-z]{43}$/),
      user_code: expect.stringMatching(/^[B-Z]{4}-[B-Z]{4}$/),
      verification_uri: `${origin}/device`,
      verification_uri_complete: `${origin}/device?user_code=${asking.user_code}`,
      expires_in: seconds,
      interval: intervalSeconds,
    });
  });

  it.each([
    ['nothing', '', 'A device'],
    ['an empty object', '{}', 'A device'],
    ['a name on two lines', '{"name":"a\\nb"}', 'a b'],
    ['a name that is too long', JSON.stringify({ name: 'x'.repeat(99) }), 'x'.repeat(60)],
  ])('says %s', async (_what, body, name) => {
    const { browser } = await somebody();
    const page = await submit(browser, '/device', { user_code: (await begin(body)).user_code });
    expect(page.html).toContain(`<bdi>${name}</bdi>`);
  });

  it.each([
    ['no object', '[]', undefined],
    ['a name that is no text', '{"name":1}', 'name'],
    ['what nobody knows', '{"client_id":"x"}', 'client_id'],
  ])('is refused where it says %s', async (_what, body, field) => {
    const refused = await ask('/v1/sign-in/device', { method: 'POST', body });
    await expectProblem(refused, { code: 'invalid_argument', ...(field !== undefined && { field }) });
  });

  it('is slowed down where too many begin from one address', async () => {
    const { quota } = limits.rates.devices;
    for (let count = 0; count < quota; count++) await begin('{}', '203.0.113.1');
    const headers = { 'cf-connecting-ip': '203.0.113.1' };
    const refused = await ask('/v1/sign-in/device', { method: 'POST', body: '{}', headers });
    expect(refused.headers.get('retry-after')).toBe('60');
    await expectProblem(refused, { code: 'rate_limited', policy: 'devices' });
    await begin('{}', '203.0.113.2');
  });
});

describe('a device that asks again', () => {
  it('hears that nobody has answered, until somebody has', async () => {
    const { browser, user } = await somebody();
    const asking = await begin();
    expect(await heard(asking)).toBe('authorization_pending');
    atSeconds(intervalSeconds);
    expect(await heard(asking)).toBe('authorization_pending');
    const page = await answer(browser, asking.user_code, 'approve');
    expect(page.heading).toBe('Your device is connected');
    const given = await poll(asking.device_code);
    expect(given.status).toBe(200);
    const { userId, key } = await given.json<{ userId: string; key: string }>();
    expect(userId).toBe(user.userId);
    const headers = { authorization: `Bearer ${key}` };
    expect((await ask('/', { method: 'POST', body: 'x', headers })).status).toBe(201);
    expect(await insideOf(userId).rowsOf('keys')).toContainEqual(
      expect.objectContaining({ name: 'pybin on pi', scope: 'write' }),
    );
    expect(await heard(asking)).toBe('expired_token');
  });

  it('too soon is to wait longer from then on', async () => {
    const asking = await begin();
    expect(await heard(asking)).toBe('authorization_pending');
    atSeconds(1);
    expect(await heard(asking)).toBe('slow_down');
    atSeconds(1 + intervalSeconds);
    expect(await heard(asking)).toBe('slow_down');
    atSeconds(1 + intervalSeconds + 3 * intervalSeconds);
    expect(await heard(asking)).toBe('authorization_pending');
  });

  it('gets one key, however often it asks at once', async () => {
    const { browser } = await somebody();
    const asking = await begin();
    await answer(browser, asking.user_code, 'approve');
    const all = await Promise.all([1, 2, 3].map(() => heard(asking)));
    expect(all.toSorted()).toEqual(['expired_token', 'expired_token', 'key']);
  });

  it('hears that it was refused, once', async () => {
    const { browser } = await somebody();
    const asking = await begin();
    expect((await answer(browser, asking.user_code, 'refuse')).heading).toBe('Refused');
    expect(await heard(asking)).toBe('access_denied');
    expect(await heard(asking)).toBe('expired_token');
  });

  it('hears when its time is over', async () => {
    const asking = await begin();
    atSeconds(seconds - 1);
    expect(await heard(asking)).toBe('authorization_pending');
    atSeconds(seconds);
    expect(await heard(asking)).toBe('expired_token');
  });

  it('is denied what the one who approved it can’t give any more', async () => {
    const { browser, user } = await somebody();
    const asking = await begin();
    await answer(browser, asking.user_code, 'approve');
    await insideOf(user.userId).inStorage(({ sql }) => void sql.exec('DELETE FROM sessions'));
    await insideOf(user.userId).evict();
    expect(await heard(asking)).toBe('access_denied');
  });

  it('with a code that can be none, or isn’t its own, learns and changes nothing', async () => {
    const { browser } = await somebody();
    const asking = await begin();
    const { device_code: code } = asking;
    const said = async (text: string) => (await (await poll(text)).json<{ error: string }>()).error;
    expect(await said('')).toBe('invalid_grant');
    expect(await said(asking.user_code)).toBe('invalid_grant');
    expect(await said(code.slice(0, -1))).toBe('invalid_grant');
    expect(await said(`${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`)).toBe('expired_token');
    expect(await said(`pyd_BCDFGHJK${'0'.repeat(43)}`)).toBe('expired_token');
    await answer(browser, asking.user_code, 'approve');
    expect(await said(`${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`)).toBe('expired_token');
    expect(await heard(asking)).toBe('key');
    await expectProblem(await poll(1), { code: 'invalid_argument', field: 'device_code' });
  });
});

describe('the one who types the code', () => {
  it('signs in first, and comes back with it', async () => {
    const { user_code: code, verification_uri_complete: uri } = await begin();
    const path = uri.slice(origin.length);
    const redirected = await ask(path, { headers: { accept: 'text/html' }, redirect: 'manual' });
    expect(redirected.headers.get('location')).toBe(
      `/sign-in?return=${encodeURIComponent(`/device?user_code=${code}`)}`,
    );
    const { browser } = await somebody();
    const page = await open(browser, path);
    expect(page.html).toContain(`value="${code}"`);
    // A link that somebody sent shows no device yet: the code is compared first.
    expect(page.html).not.toContain('pybin on pi');
  });

  it('sees which device asks, since when and from where', async () => {
    const { browser } = await somebody();
    const { user_code: code } = await begin('{"name":"pi"}', '203.0.113.9');
    atSeconds(120);
    const near = await submit(from('203.0.113.9', browser), '/device', { user_code: code });
    expect(near.heading).toBe('Does this device ask?');
    expect(near.html).toContain('<bdi>pi</bdi>');
    expect(near.html).toContain(`<dd>${code}</dd>`);
    expect(near.html).toContain('2 minutes ago</time>, from the network that you are in');
    const far = await submit(from('203.0.113.10', browser), '/device', { user_code: code });
    expect(far.html).toContain('from another network than yours');
  });

  it('changes the account on the way where it is another’s, and comes back to the same code', async () => {
    const { browser, user } = await somebody();
    const { user_code: code } = await begin();
    const page = await submit(browser, '/device', { user_code: code });
    expect(page.html).toContain(`<dt>Account</dt><dd><strong>${user.userId}</strong>`);
    const link = new URL(linkOf(page, 'Not you?'), origin);
    expect(link.pathname).toBe('/sign-in');
    const back = await open((await somebody()).browser, link.searchParams.get('return') ?? '');
    expect(back.html).toContain(`value="${code}"`);
  });

  it('approves nothing on a page that named another account: it is asked anew', async () => {
    const [first, other] = [await somebody(), await somebody()];
    const asking = await begin();
    const page = await submit(first.browser, '/device', { user_code: asking.user_code });
    const fields = { ...hiddenFields(page), answer: 'approve' };
    const again = await submit(other.browser, '/device/answer', fields);
    expect(again.heading).toBe('Does this device ask?');
    expect(again.html).toContain(`<strong>${other.user.userId}</strong>`);
    expect(await heard(asking)).toBe('authorization_pending');
  });

  it('may type it as it comes', async () => {
    const { browser } = await somebody();
    const { user_code: code } = await begin();
    for (const typed of [code.toLowerCase(), code.replace('-', ''), ` ${code.replace('-', ' ')} `])
      expect((await submit(browser, '/device', { user_code: typed })).status).toBe(200);
  });

  it('is told what is wrong, and what was typed stays', async () => {
    const { browser } = await somebody();
    const short = await submit(browser, '/device', { user_code: 'bcdf-"<' });
    expect(short.status).toBe(400);
    expect(short.html).toContain('value="bcdf-&quot;&lt;"');
    expect(short.html).toContain('A code has eight letters');
    const unknown = await submit(browser, '/device', { user_code: 'BCDF-GHJK' });
    expect(unknown.status).toBe(404);
    expect(unknown.html).toContain('No device asks with this code');
  });

  it('answers once: the page of a device that has its answer says so', async () => {
    const { browser } = await somebody();
    const asking = await begin();
    await answer(browser, asking.user_code, 'refuse');
    const again = await submit(browser, '/device/answer', {
      user_code: asking.user_code,
      answer: 'approve',
    });
    expect(again.html).toContain('That device has stopped asking');
    expect(await heard(asking)).toBe('access_denied');
  });

  it('is nobody who was sent there by another site', async () => {
    const { browser } = await somebody();
    const asking = await begin();
    const fields = { user_code: asking.user_code, answer: 'approve' };
    for (const path of ['/device', '/device/answer']) {
      const headers = { origin: 'https://evil.example' };
      expect((await submit(browser, path, fields, headers)).status).toBe(403);
    }
    expect(await heard(asking)).toBe('authorization_pending');
  });
});

describe('ten wrong codes', () => {
  const wrong = { user_code: 'BCDF-GHJK' };

  it('of one account are over, and no code is taken for a while', async () => {
    const { browser, user } = await somebody();
    const asking = await begin();
    for (let count = 1; count < wrongCodes; count++) {
      const page = await submit(browser, '/device', wrong);
      expect(page.status).toBe(404);
      expect(page.html.includes('may be wrong')).toBe(count >= wrongCodes - 3);
    }
    for (const fields of [wrong, wrong, { user_code: asking.user_code }]) {
      const page = await submit(browser, '/device', fields);
      expect(page.status).toBe(429);
      expect(page.heading).toBe('Too many wrong codes');
      expect(page.html).toContain(`for ${seconds / 60} minutes`);
    }
    // Another session of the same person is no way around.
    const other = await openBrowser(user.userId);
    const fields = { user_code: asking.user_code, answer: 'approve' };
    expect((await submit(other, '/device/answer', fields)).status).toBe(429);
    expect(await heard(asking)).toBe('authorization_pending');
    atSeconds(seconds);
    expect((await submit(browser, '/device', wrong)).status).toBe(404);
  });

  it('from one address are over, whoever types there', async () => {
    const here = '203.0.113.20';
    const [one, other, third] = [await somebody(), await somebody(), await somebody()];
    for (let count = 0; count < wrongCodes - 1; count++) {
      const { browser } = count % 2 === 0 ? one : other;
      expect((await submit(from(here, browser), '/device', wrong)).status).toBe(404);
    }
    expect((await submit(from(here, third.browser), '/device', wrong)).status).toBe(429);
    expect((await submit(from('203.0.113.21', third.browser), '/device', wrong)).status).toBe(404);
  });

  it('are wrong ones only: neither right ones nor what can be none count', async () => {
    const { browser } = await somebody();
    const { user_code: code } = await begin();
    for (let count = 0; count < wrongCodes + 2; count++) {
      expect((await submit(browser, '/device', { user_code: code })).status).toBe(200);
      expect((await submit(browser, '/device', { user_code: 'ABC' })).status).toBe(400);
    }
  });

  it('count, also where they are typed at once', async () => {
    const { browser } = await somebody();
    const pages = await Promise.all(
      Array.from({ length: 2 * wrongCodes }, () => submit(browser, '/device', wrong)),
    );
    expect(pages.filter(({ status }) => status === 404)).toHaveLength(wrongCodes - 1);
  });
});
