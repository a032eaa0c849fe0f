// The contract's keys: who lists, makes and revokes them, and what a revoked one opens: nothing, at no door.

import { bytesToHex } from '@noble/hashes/utils.js';
import { env } from 'cloudflare:workers';
import { createExecutionContext } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { createKeySecret, writeKey } from '../../../worker/identity/key.ts';
import { routingHashOf } from '../../../worker/ids/routing-hash.ts';
import { answer } from '../../../worker/router.ts';
import { expectProblem } from '../doors/problem.ts';
import { nobody, pushed } from '../doors/pushed.ts';
import { ask, origin, signIn } from '../edge.ts';
import { type Browser, openBrowser } from '../session.ts';
import { atSeconds, ring, rowsOf, useOwnClock } from '../stack-inside.ts';

useOwnClock();

interface Key {
  readonly number: number;
  readonly name: string;
  readonly scope: string;
  readonly createTime: string;
  readonly expireTime?: string;
  readonly lastUseTime?: string;
  readonly current: boolean;
}

const newKey = { name: 'CI', scope: 'KEY_SCOPE_WRITE' };

const create = (browser: Browser, fields: object = newKey) =>
  browser.ask('/v1/keys', { method: 'POST', body: JSON.stringify(fields) });

async function made(browser: Browser, fields: object = newKey): Promise<{ key: Key; keyText: string }> {
  const answered = await create(browser, fields);
  expect(answered.status).toBe(201);
  return answered.json();
}

function as(keyText: string, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${keyText}`);
  return ask(path, { ...init, headers });
}

async function listed(keyText: string): Promise<Key[]> {
  return (await (await as(keyText, '/v1/keys')).json<{ keys: Key[] }>()).keys;
}

const revoke = (keyText: string) =>
  ask('/v1/keys/revoke', { method: 'POST', body: JSON.stringify({ keyText }) });

/** Opens the live socket; gives the code that it closes with. */
function closeCodeOf(opened: Response): Promise<number> {
  const socket = opened.webSocket;
  if (!socket) throw new Error(`no socket: ${opened.status}`);
  const closed = new Promise<number>((resolve) => {
    socket.addEventListener('close', ({ code }) => resolve(code));
  });
  socket.accept();
  return closed;
}

const upgrade = { headers: { upgrade: 'websocket' } };

describe('a signed-in person', () => {
  it('makes a key, whose text is told once', async () => {
    await signIn('makes-key');
    const browser = await openBrowser('makes-key');
    const { key, keyText } = await made(browser, { ...newKey, ttlSeconds: 3600 });
    expect(keyText).toMatch(/^pyb_[0-9A-Za-z]{65}$/);
    expect(key).toMatchObject({ number: 2, name: 'CI', scope: 'KEY_SCOPE_WRITE', current: false });
    expect(Date.parse(key.expireTime ?? '') - Date.parse(key.createTime)).toBe(3_600_000);
    expect((await as(keyText, '/', { method: 'POST', body: 'x' })).status).toBe(201);
    const again = await (await browser.ask('/v1/keys')).text();
    expect(again).not.toContain(keyText.slice(-43));
    expect(JSON.stringify(await rowsOf('makes-key', 'keys'))).not.toContain(keyText.slice(-43));
  });

  it('makes one that may only read, and without an end', async () => {
    await signIn('makes-reader');
    const { key, keyText } = await made(await openBrowser('makes-reader'), {
      name: 'phone',
      scope: 'KEY_SCOPE_READ',
    });
    expect(key.expireTime).toBeUndefined();
    expect((await as(keyText, '/v1/snippets')).status).toBe(200);
    await expectProblem(await as(keyText, '/', { method: 'POST', body: 'x' }), { code: 'forbidden' });
  });

  it('revokes any of them', async () => {
    const ada = await signIn('revokes-any');
    const browser = await openBrowser('revokes-any');
    expect((await browser.ask('/v1/keys/1', { method: 'DELETE' })).status).toBe(200);
    expect((await ada.ask('/v1/account')).status).toBe(401);
    expect(await (await browser.ask('/v1/keys')).json()).toEqual({ keys: [] });
  });

  it('is told where there are as many as there may be', async () => {
    await signIn('keys-full');
    const browser = await openBrowser('keys-full');
    for (let count = 1; count < limits.keysPerUser; count++) {
      atSeconds(count);
      await made(browser);
    }
    await expectProblem(await create(browser), { code: 'keys_full', limit: limits.keysPerUser });
  });

  it.each<[string, object, string]>([
    ['no name', { scope: 'KEY_SCOPE_READ' }, 'name'],
    ['too long a name', { ...newKey, name: 'x'.repeat(limits.keyNameCharacters + 1) }, 'name'],
    ['a name of two lines', { ...newKey, name: 'a\nb' }, 'name'],
    ['no scope', { name: 'CI' }, 'scope'],
    ['a scope that nobody knows', { ...newKey, scope: 7 }, 'scope'],
    ['too short a time', { ...newKey, ttlSeconds: limits.ttlSeconds.min - 1 }, 'ttlSeconds'],
    ['too long a time', { ...newKey, ttlSeconds: limits.ttlSeconds.max + 1 }, 'ttlSeconds'],
  ])('is refused a key with %s', async (what, fields, field) => {
    const userId = `odd-${what.replaceAll(' ', '-').slice(0, 16)}`;
    await signIn(userId);
    await expectProblem(await create(await openBrowser(userId), fields), { code: 'invalid_argument', field });
    expect(await rowsOf(userId, 'keys')).toHaveLength(1);
  });
});

describe('a key that may write', () => {
  it('lists the keys, and knows itself among them', async () => {
    const ada = await signIn('lists');
    await made(await openBrowser('lists'));
    await ada.ask('/v1/account');
    const keys = await listed(ada.key);
    expect(keys.map(({ name, current }) => [name, current])).toEqual([
      ['CI', false],
      ['local sign-in', true],
    ]);
    expect(keys[0]?.lastUseTime).toBeUndefined();
    expect(Date.parse(keys[1]?.lastUseTime ?? '')).toBe(Date.now());
  });

  it('makes none, and is sent to where one is made', async () => {
    const ada = await signIn('makes-none');
    const refused = await ada.ask('/v1/keys', { method: 'POST', body: JSON.stringify(newKey) });
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({
      code: 'forbidden',
      detail: expect.stringContaining(`${origin}/account`),
    });
    expect(await rowsOf('makes-none', 'keys')).toHaveLength(1);
  });

  it('revokes itself and others', async () => {
    const ada = await signIn('revokes');
    const { key, keyText } = await made(await openBrowser('revokes'));
    expect((await ada.ask(`/v1/keys/${key.number}`, { method: 'DELETE' })).status).toBe(200);
    expect((await as(keyText, '/v1/account')).status).toBe(401);
    expect((await ada.ask('/v1/keys/1', { method: 'DELETE' })).status).toBe(200);
    expect((await ada.ask('/v1/account')).status).toBe(401);
  });

  it.each(['2', '0', '4294967295'])('is told that there is no number %s', async (number) => {
    const ada = await signIn(`no-key-${number.length}${number.slice(0, 1)}`);
    await expectProblem(await ada.ask(`/v1/keys/${number}`, { method: 'DELETE' }), { code: 'not_found' });
  });

  it.each(['x', '-1', '1.5', '4294967296', 'revoke'])('is told that %s is no number', async (number) => {
    const ada = await signIn('odd-numbers');
    await expectProblem(await ada.ask(`/v1/keys/${number}`, { method: 'DELETE' }), {
      code: 'invalid_argument',
      field: 'number',
    });
  });

  it('can’t touch another’s', async () => {
    const ada = await signIn('own-keys');
    const eve = await signIn('others-keys');
    expect((await eve.ask('/v1/keys/1', { method: 'DELETE' })).status).toBe(200);
    expect((await ada.ask('/v1/account')).status).toBe(200);
  });
});

describe('a key that was revoked', () => {
  it('opens nothing from its next use on, at no kind of door', async () => {
    const ada = await signIn('at-doors');
    const { keyText } = await made(await openBrowser('at-doors'));
    const link = await ada.push('mine', '?visibility=private');
    expect((await as(keyText, link)).status).toBe(200);
    await revoke(keyText);
    const json = { 'content-type': 'application/json' };
    const refused = [
      await as(keyText, '/', { method: 'POST', body: 'x' }),
      await as(keyText, '/name.py', { method: 'PUT', body: 'x' }),
      await as(keyText, link),
      await as(keyText, '/~at-doors'),
      await as(keyText, '/raw/~at-doors'),
      await as(keyText, link, { method: 'PUT', body: 'x' }),
      await as(keyText, link, { method: 'DELETE' }),
      await as(keyText, '/v1/snippets'),
      await as(keyText, '/v1/history'),
      await as(keyText, '/v1/account/export'),
      await as(keyText, '/v1/live', upgrade),
      await as(keyText, '/v1/live/tickets', { method: 'POST' }),
      await as(keyText, '/pybin.v1.SnippetService/ListSnippets', {
        method: 'POST',
        body: '{}',
        headers: json,
      }),
    ];
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 401));
    expect((await ada.ask(link)).status).toBe(200);
  });

  it('has its sockets closed, and those that its tickets opened; others stay', async () => {
    const ada = await signIn('closes');
    const { key, keyText } = await made(await openBrowser('closes'));
    const ticket = async (of: string) =>
      (await (await as(of, '/v1/live/tickets', { method: 'POST' })).json<{ ticket: string }>()).ticket;
    const [opening, waiting] = [await ticket(keyText), await ticket(keyText)];
    const closing = [
      closeCodeOf(await as(keyText, '/v1/live', upgrade)),
      closeCodeOf(await ask(`/v1/live?ticket=${opening}`, upgrade)),
    ];
    const staying = await ada.ask('/v1/live', upgrade);
    const messages: string[] = [];
    staying.webSocket?.addEventListener('message', ({ data }) => {
      messages.push(String(data));
    });
    staying.webSocket?.accept();

    expect((await ada.ask(`/v1/keys/${key.number}`, { method: 'DELETE' })).status).toBe(200);
    expect(await Promise.all(closing)).toEqual([4401, 4401]);
    expect((await ask(`/v1/live?ticket=${waiting}`, upgrade)).status).toBe(401);
    await ada.push('heard');
    await expect.poll(() => messages.length).toBe(2);
    staying.webSocket?.close();
  });

  it('by its own end has them closed when the alarm rings', async () => {
    await signIn('closes-late');
    const { keyText } = await made(await openBrowser('closes-late'), { ...newKey, ttlSeconds: 60 });
    const closing = closeCodeOf(await as(keyText, '/v1/live', upgrade));
    atSeconds(60);
    await ring('closes-late');
    expect(await closing).toBe(4401);
  });
});

describe('a key that was found', () => {
  it('is ended by whoever shows it, whatever stands around it', async () => {
    const ada = await signIn('found-key');
    const answered = await revoke(` ${ada.key}\n`);
    expect([answered.status, await answered.json()]).toEqual([200, {}]);
    expect((await ada.ask('/v1/account')).status).toBe(401);
  });

  it('that is the token of a push without a key is ended, too', async () => {
    const { id, deleteToken = '' } = await pushed(nobody, 'x');
    await revoke(deleteToken);
    expect((await as(deleteToken, `/s/${id}`, { method: 'DELETE' })).status).toBe(401);
  });

  it('is answered as one that isn’t good is: the same, and nothing changes', async () => {
    const ada = await signIn('not-found-key');
    const { cookie } = await openBrowser('not-found-key');
    const place = { routingHash: routingHashOf('not-found-key'), number: 1 };
    const forged = writeKey(env.INSTANCE_SECRETS, 'key', place, createKeySecret().secret);
    const ofNobody = writeKey(
      env.INSTANCE_SECRETS,
      'key',
      { ...place, routingHash: routingHashOf('nobody-has-it') },
      createKeySecret().secret,
    );
    for (const keyText of ['', 'x', forged, ofNobody, ada.key.slice(0, -1), cookie, 'x'.repeat(100_000)]) {
      const answered = await revoke(keyText);
      expect([answered.status, await answered.json()]).toEqual([200, {}]);
    }
    expect((await ada.ask('/v1/account')).status).toBe(200);
  });

  it('counts as a miss where it isn’t good, and as none where it is', async () => {
    const ada = await signIn('counted-misses');
    const counted: string[] = [];
    const limit = (asked: RateLimitOptions) => {
      counted.push(asked.key);
      return Promise.resolve({ success: counted.length <= 1 });
    };
    const revokeFrom = (keyText: string) => {
      const request = new Request(`${origin}/v1/keys/revoke`, {
        method: 'POST',
        headers: { 'cf-connecting-ip': '192.0.2.78' },
        body: JSON.stringify({ keyText }),
      });
      return answer(request, { ...env, MISS_RATE: { limit } }, createExecutionContext());
    };
    expect((await revokeFrom(ada.key)).status).toBe(200);
    expect(counted).toEqual([]);
    expect((await revokeFrom(ada.key)).status).toBe(200);
    expect((await revokeFrom('pyb_made-up')).status).toBe(200);
    expect(counted).toEqual(['192.0.2.78', '192.0.2.78']);
    // The one that was too many is answered as the others; what follows is told to wait.
    expect((await revokeFrom('pyb_made-up')).status).toBe(429);
  });
});

describe('keys', () => {
  it('are erased with their account, and none is good for whoever begins anew', async () => {
    const ada = await signIn('erased-keys');
    const { keyText } = await made(await openBrowser('erased-keys'));
    const receipt = await ada.ask('/v1/account?userId=erased-keys', { method: 'DELETE' });
    expect(await receipt.json()).toMatchObject({ keys: 2 });
    await signIn('erased-keys');
    await made(await openBrowser('erased-keys'));
    for (const text of [ada.key, keyText]) expect((await as(text, '/v1/account')).status).toBe(401);
  });

  it('are not in an export', async () => {
    const ada = await signIn('exported-keys');
    const { keyText } = await made(await openBrowser('exported-keys'), { ...newKey, name: 'named-so' });
    await as(keyText, '/', { method: 'POST', body: 'x' });
    const exported = await (await ada.ask('/v1/account/export')).bytes();
    const text = new TextDecoder('latin1').decode(exported);
    for (const { secret_hash: stored } of await rowsOf('exported-keys', 'keys')) {
      if (!(stored instanceof ArrayBuffer)) throw new Error('no hash');
      expect(text).not.toContain(bytesToHex(new Uint8Array(stored)));
    }
    expect(text).not.toContain(keyText.slice(0, 20));
    expect(text).toContain('index.json');
  });
});
