// An attempt: what was begun is given away once, to whoever knows its name, and leaves nothing behind.

import { env } from 'cloudflare:workers';
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { beginFlow, getFlow, keepFlow, randomName, takeFlow } from '../../../worker/identity/flow/flows.ts';
import type { RegistrationFlow } from '../../../worker/identity/flow/state.ts';
import { atSeconds, useOwnClock } from '../stack-inside.ts';

useOwnClock();

const TTL_SECONDS = 600;

const state: RegistrationFlow = {
  kind: 'registration',
  provider: 'google',
  identity: 'name',
  browserHash: 'hash',
  returnPath: undefined,
};

describe('an attempt', () => {
  it('is named by 128 bits that nobody can guess', async () => {
    const names = await Promise.all(Array.from({ length: 5 }, () => beginFlow(env, state, TTL_SECONDS)));
    expect(new Set(names).size).toBe(5);
    for (const name of names) expect(name).toMatch(/^[0-9A-Za-z]{22}$/);
  });

  it('is seen as often as one likes until it is ended', async () => {
    const name = await beginFlow(env, state, TTL_SECONDS);
    expect(await getFlow(env, name, 'registration')).toEqual(state);
    expect(await getFlow(env, name, 'registration')).toEqual(state);
    expect(await takeFlow(env, name, 'registration')).toEqual(state);
    expect(await getFlow(env, name, 'registration')).toBeUndefined();
  });

  it('is ended once, however many try at the same moment', async () => {
    const name = await beginFlow(env, state, TTL_SECONDS);
    const taken = await Promise.all(Array.from({ length: 8 }, () => takeFlow(env, name, 'registration')));
    expect(taken.filter((one) => one !== undefined)).toEqual([state]);
  });

  it('isn’t ended, nor seen, as one of another kind', async () => {
    const name = await beginFlow(env, state, TTL_SECONDS);
    expect(await getFlow(env, name, 'provider')).toBeUndefined();
    expect(await takeFlow(env, name, 'provider')).toBeUndefined();
    expect(await takeFlow(env, name, 'registration')).toEqual(state);
  });

  it('ends by itself, alarm or no alarm', async () => {
    const name = await beginFlow(env, state, TTL_SECONDS);
    atSeconds(TTL_SECONDS - 1);
    expect(await getFlow(env, name, 'registration')).toEqual(state);
    atSeconds(TTL_SECONDS);
    expect(await getFlow(env, name, 'registration')).toBeUndefined();
    expect(await takeFlow(env, name, 'registration')).toBeUndefined();
  });

  it('can be put in another’s place, with another end', async () => {
    const name = await beginFlow(env, state, TTL_SECONDS);
    await keepFlow(env, name, { ...state, provider: 'github' }, 2 * TTL_SECONDS);
    atSeconds(TTL_SECONDS);
    expect(await takeFlow(env, name, 'registration')).toMatchObject({ provider: 'github' });
  });

  it('outlives the sleep of its object', async () => {
    const name = await beginFlow(env, state, TTL_SECONDS);
    await evictDurableObject(objectOf(name));
    expect(await getFlow(env, name, 'registration')).toEqual(state);
  });

  it.each(['ended', 'forgotten'])('leaves nothing when it is %s', async (how) => {
    const name = await beginFlow(env, state, TTL_SECONDS);
    if (how === 'ended') await takeFlow(env, name, 'registration');
    else expect(await runDurableObjectAlarm(objectOf(name))).toBe(true);
    expect(await leftOf(name)).toEqual({ entries: 0, alarm: null });
  });

  it('that was never begun leaves nothing, whoever asks for it', async () => {
    const name = randomName();
    expect(await getFlow(env, name, 'provider')).toBeUndefined();
    expect(await takeFlow(env, name, 'provider')).toBeUndefined();
    expect(await leftOf(name)).toEqual({ entries: 0, alarm: null });
  });

  it.each(['', 'a', '../x', `${'a'.repeat(22)}\n`, 'ä'.repeat(22)])('isn’t called %j', async (name) => {
    expect(await takeFlow(env, name, 'provider')).toBeUndefined();
  });
});

function objectOf(name: string) {
  return env.FLOW.get(env.FLOW.idFromName(name));
}

function leftOf(name: string) {
  return runInDurableObject(objectOf(name), async (_flow, { storage }) => ({
    entries: [...storage.kv.list()].length,
    alarm: await storage.getAlarm(),
  }));
}
