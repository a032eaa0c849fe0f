// An owner's keys: made, used, ended, revoked. A number is never given twice, and no read is a write.

import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { ask, signIn } from '../edge.ts';
import { atSeconds, insideOf, rowsOf, useOwnClock } from '../stack-inside.ts';
import { createKey, holderOf } from './as-holder.ts';

useOwnClock();

const HOUR_SECONDS = limits.keyUseMs / 1000;

const statusOf = async (keyText: string): Promise<number> =>
  (await ask('/v1/account', { headers: { authorization: `Bearer ${keyText}` } })).status;

const listed = async (userId: string) => {
  const keys = await (await holderOf(userId)).listKeys();
  if (!keys.ok) throw new Error(keys.problem.detail);
  return keys.value;
};

const numbersOf = async (userId: string): Promise<number[]> =>
  (await listed(userId)).map(({ number }) => number);

/** Makes as many keys as there may be, not faster than one may. */
async function fill(userId: string, ttlSeconds?: number): Promise<void> {
  for (let count = 1; count < limits.keysPerUser; count++) {
    atSeconds(count);
    await createKey(userId, { ttlSeconds });
  }
}

const lastUsed = async (userId: string) => (await rowsOf(userId, 'keys'))[0]?.['last_used_at'];

const signInAs = async (userId: string, name: string): Promise<string> => {
  const answer = await ask('/sign-in/local', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId, name }),
  });
  return (await answer.json<{ key: string }>()).key;
};

describe('a key that was made', () => {
  it('is listed newest first, as it was asked for, without its secret', async () => {
    await signIn('lists-keys');
    const { number } = await createKey('lists-keys', { name: 'CI', scope: 'read', ttlSeconds: 3600 });
    const keys = await listed('lists-keys');
    expect(keys.map(({ name }) => name)).toEqual(['CI', 'local sign-in']);
    expect(keys[0]).toEqual({
      number,
      name: 'CI',
      scope: 'read',
      createdAtMs: Date.now(),
      endsAtMs: Date.now() + 3_600_000,
      lastUsedAtMs: undefined,
      isCurrent: false,
    });
  });

  it('is refused where there are twenty, and nothing of them changes', async () => {
    await signIn('full-of-keys');
    await fill('full-of-keys');
    const before = await rowsOf('full-of-keys', 'keys');
    expect(before).toHaveLength(limits.keysPerUser);
    await expect(createKey('full-of-keys')).rejects.toThrow('At most 20 keys');
    expect(await rowsOf('full-of-keys', 'keys')).toEqual(before);
  });

  it('takes the place of one that has ended', async () => {
    await signIn('full-of-ends');
    await fill('full-of-ends', 60);
    atSeconds(60 + limits.keysPerUser);
    const { number } = await createKey('full-of-ends');
    expect(number).toBe(limits.keysPerUser + 1);
    expect(await numbersOf('full-of-ends')).toEqual([limits.keysPerUser + 1, 1]);
  });
});

describe('the number of a key', () => {
  it('is never given twice, whichever are gone', async () => {
    await signIn('counts-keys');
    const first = await createKey('counts-keys');
    const second = await createKey('counts-keys');
    const holder = await holderOf('counts-keys');
    for (const { number } of [second, first])
      expect(await holder.deleteKey(number)).toEqual({ ok: true, value: null });
    expect((await createKey('counts-keys')).number).toBe(second.number + 1);
    expect(await statusOf(second.keyText)).toBe(401);
  });

  it('goes on after all were revoked', async () => {
    await signIn('counts-on');
    await createKey('counts-on');
    await (await holderOf('counts-on')).signOutEverywhere();
    expect(await numbersOf('counts-on')).toEqual([]);
    expect((await createKey('counts-on')).number).toBe(3);
  });
});

describe('the end of a key', () => {
  it('is its last moment: before it is good, from then on refused with the reason', async () => {
    await signIn('key-ends');
    const { keyText } = await createKey('key-ends', { ttlSeconds: 60 });
    atSeconds(59);
    expect(await statusOf(keyText)).toBe(200);
    atSeconds(60);
    const refused = await ask('/v1/account', { headers: { authorization: `Bearer ${keyText}` } });
    expect(refused.status).toBe(401);
    expect(await refused.text()).toContain('time is over');
  });

  it('sets the alarm, which takes the key away and then waits for the session that made it', async () => {
    await signIn('key-swept');
    await createKey('key-swept', { ttlSeconds: 60 });
    const inside = insideOf('key-swept');
    expect(await inside.alarm()).toBe(Date.now() + 60_000);
    const sessionEndMs = Date.now() + limits.session.seconds * 1000;
    atSeconds(60);
    await inside.ring();
    expect(await inside.rowsOf('keys')).toHaveLength(1);
    expect(await inside.alarm()).toBe(sessionEndMs);
  });
});

describe('the last use of a key', () => {
  it('is written at its first use', async () => {
    const ada = await signIn('used-once');
    expect(await lastUsed('used-once')).toBeNull();
    await ada.ask('/v1/account');
    await expect.poll(() => lastUsed('used-once')).toBe(Date.now());
  });

  it('is written once an hour, however often it is used', async () => {
    const ada = await signIn('used-often');
    const firstMs = Date.now();
    await ada.ask('/v1/account');
    await expect.poll(() => lastUsed('used-often')).toBe(firstMs);
    atSeconds(HOUR_SECONDS - 1);
    await ada.ask('/v1/account');
    await ada.push('text');
    // The alarm writes all that was noted.
    expect(await insideOf('used-often').ring()).toBe(true);
    expect(await lastUsed('used-often')).toBe(firstMs);
    atSeconds(HOUR_SECONDS);
    await ada.ask('/v1/account');
    await expect.poll(() => lastUsed('used-often')).toBe(Date.now());
  });

  it('is written no sooner by a Stack that was put away in between', async () => {
    const ada = await signIn('used-asleep');
    const firstMs = Date.now();
    await ada.ask('/v1/account');
    await expect.poll(() => lastUsed('used-asleep')).toBe(firstMs);
    await insideOf('used-asleep').evict();
    atSeconds(1);
    await ada.push('text');
    expect(await insideOf('used-asleep').ring()).toBe(true);
    expect(await lastUsed('used-asleep')).toBe(firstMs);
  });
});

describe('sign-in', () => {
  it('replaces the key of the same device, and no other', async () => {
    const first = await signInAs('two-devices', 'VS Code on laptop');
    const other = await signInAs('two-devices', 'VS Code on desk');
    const second = await signInAs('two-devices', 'VS Code on laptop');
    expect([await statusOf(first), await statusOf(other), await statusOf(second)]).toEqual([401, 200, 200]);
    expect(await numbersOf('two-devices')).toEqual([3, 2]);
  });

  it('without a device’s name replaces none', async () => {
    const first = await signIn('no-device');
    const second = await signIn('no-device');
    expect([await statusOf(first.key), await statusOf(second.key)]).toEqual([200, 200]);
  });

  it('without a device’s name calls the key by the program that asks, each by a name of its own', async () => {
    for (const userAgent of ['curl/8.5.0', 'node', 'curl/8.6.0', undefined, undefined])
      await ask('/sign-in/local', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(userAgent && { 'user-agent': userAgent }) },
        body: JSON.stringify({ userId: 'programs' }),
      });
    expect((await listed('programs')).map(({ name }) => name)).toEqual([
      'local sign-in 2',
      'local sign-in',
      'curl on this machine 2',
      'node on this machine',
      'curl on this machine',
    ]);
  });

  it.each([
    ['is empty', ''],
    ['is spaces', '  '],
    ['is too long', 'x'.repeat(limits.keyNameCharacters + 1)],
    ['has a control character', 'a\u0007'],
    ['is half a surrogate pair', '\ud83d'],
    ['is no text', 7],
  ])('refuses a name that %s', async (_what, name) => {
    const answer = await ask('/sign-in/local', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId: 'named-badly', name }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ field: 'name' });
  });
});
