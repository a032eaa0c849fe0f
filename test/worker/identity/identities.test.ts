// Identities and accounts: one identity has one account, an account may have several, and what was left of a failure
// in between is put right.

import { env } from 'cloudflare:workers';
import { runInDurableObject } from 'cloudflare:test';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { getOwner, identityName } from '../../../worker/identity/identities.ts';
import { requireSession } from '../../../worker/identity/session.ts';
import { routingHashOf } from '../../../worker/ids/routing-hash.ts';
import { Stack } from '../../../worker/index.ts';
import { origin, signIn } from '../edge.ts';
import { openBrowser } from '../session.ts';
import { atSeconds, insideOf, useOwnClock } from '../stack-inside.ts';

useOwnClock();
afterEach(() => void vi.restoreAllMocks());

const provider = 'google';

describe('the name of an identity', () => {
  it('is the same for the same person at the same issuer, and for nobody else', () => {
    const names = [
      identityName('https://a.example', '1'),
      identityName('https://a.example', '2'),
      identityName('https://b.example', '1'),
      identityName('https://a.example1', ''),
    ];
    expect(new Set(names).size).toBe(4);
    expect(identityName('https://a.example', '1')).toBe(names[0]);
  });
});

describe('registering', () => {
  it('opens an account with what the person chose, which the identity signs in to', async () => {
    const name = nameOf('opens');
    expect(await register('opens', name, 'private')).toEqual({ ok: true, value: null });
    expect(await getOwner(env, name)).toBe('opens');
    const owner = await ownerOf('opens');
    expect(await owner.session()).toMatchObject({
      value: { account: { userId: 'opens', defaultVisibility: 'private', isArchived: true } },
    });
  });

  it('is refused where the user id is taken, and the identity stays nobody’s', async () => {
    await signIn('is-taken');
    const name = nameOf('is-taken');
    expect(await register('is-taken', name)).toMatchObject({
      ok: false,
      problem: { code: 'invalid_argument', field: 'userId' },
    });
    expect(await getOwner(env, name)).toBeUndefined();
  });

  it('gives a user id to one of many who want it at the same moment', async () => {
    const names = Array.from({ length: 6 }, (_, index) => nameOf(`wanted-${index}`));
    const answers = await Promise.all(names.map((name) => register('wanted', name)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const owners = await Promise.all(names.map((name) => getOwner(env, name)));
    expect(owners.filter((owner) => owner !== undefined)).toEqual(['wanted']);
    expect(answers.findIndex(({ ok }) => ok)).toBe(owners.indexOf('wanted'));
  });

  it('gives an identity one account, also where two are asked for at the same moment', async () => {
    const name = nameOf('one-account');
    const answers = await Promise.all([register('one-a', name), register('one-b', name)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const owner = (await getOwner(env, name)) ?? '';
    expect(['one-a', 'one-b']).toContain(owner);
    const other = owner === 'one-a' ? 'one-b' : 'one-a';
    expect(await insideOf(other).stub.isFree()).toBe(true);
  });

  it('sent twice by the same person is done once', async () => {
    const name = nameOf('sent-twice');
    const answers = await Promise.all([register('sent-twice', name), register('sent-twice', name)]);
    expect(answers.some(({ ok }) => ok)).toBe(true);
    expect(await getOwner(env, name)).toBe('sent-twice');
    expect(await insideOf('sent-twice').rowsOf('identities')).toHaveLength(1);
  });
});

describe('whether a user id is free', () => {
  it('is told, and asking leaves nothing', async () => {
    expect(await insideOf('free-one').stub.isFree()).toBe(true);
    expect(await insideOf('free-one').rowsOf('sqlite_master')).toEqual([]);
    await signIn('free-one');
    expect(await insideOf('free-one').stub.isFree()).toBe(false);
  });
});

describe('an account’s ways to sign in', () => {
  it('are added and taken off, but for the last', async () => {
    const [first, second] = [nameOf('several-1'), nameOf('several-2')];
    await register('several', first);
    const owner = await ownerOf('several');
    expect(await owner.link({ name: second, provider: 'github' })).toEqual({ ok: true, value: null });
    expect(await owner.listIdentities()).toMatchObject({
      value: [{ provider: 'google' }, { provider: 'github' }],
    });
    expect(await getOwner(env, second)).toBe('several');
    expect(await owner.unlink(first)).toEqual({ ok: true, value: null });
    expect(await getOwner(env, first)).toBeUndefined();
    expect(await owner.unlink(second)).toMatchObject({ ok: false });
    expect(await getOwner(env, second)).toBe('several');
  });

  it('may be added twice and are there once', async () => {
    const name = nameOf('twice');
    await register('added-twice', name);
    const owner = await ownerOf('added-twice');
    expect(await owner.link({ name, provider })).toMatchObject({ ok: true });
    expect(await owner.listIdentities()).toMatchObject({ value: [{ name }] });
  });

  it('aren’t taken from another account', async () => {
    const name = nameOf('of-first');
    await register('first-owner', name);
    await signIn('second-owner');
    const second = await ownerOf('second-owner');
    expect(await second.link({ name, provider })).toMatchObject({ ok: false });
    expect(await getOwner(env, name)).toBe('first-owner');
    expect(await second.listIdentities()).toEqual({ ok: true, value: [] });
  });

  it('are a few at most', async () => {
    await signIn('has-many');
    const owner = await ownerOf('has-many');
    for (let count = 0; count < limits.identitiesPerUser; count++) {
      atSeconds(count);
      expect(await owner.link({ name: nameOf(`many-${count}`), provider })).toMatchObject({ ok: true });
    }
    expect(await owner.link({ name: nameOf('too-many'), provider })).toMatchObject({
      problem: { limit: limits.identitiesPerUser },
    });
    expect(await getOwner(env, nameOf('too-many'))).toBeUndefined();
  });

  it('aren’t changed by a key', async () => {
    const name = nameOf('not-by-key');
    await signIn('key-links-not');
    const owner = await keyOwnerOf('key-links-not');
    expect(await owner.link({ name, provider })).toMatchObject({ problem: { code: 'forbidden' } });
    expect(await owner.listIdentities()).toMatchObject({ problem: { code: 'forbidden' } });
    expect(await owner.unlink(name)).toMatchObject({ problem: { code: 'forbidden' } });
  });
});

describe('what a failure left', () => {
  it('an identity that was claimed for an account which then wasn’t opened is nobody’s after a minute', async () => {
    const name = nameOf('claimed-only');
    await identityAt(name).claim('never-opened');
    await expect(getOwner(env, name)).rejects.toMatchObject({ problem: { code: 'unavailable' } });
    atSeconds(limits.signIn.claimSeconds);
    expect(await getOwner(env, name)).toBeUndefined();
    expect(await register('opened-later', name)).toMatchObject({ ok: true });
  });

  it('an identity that an account took off, and could not tell of, is nobody’s', async () => {
    const [kept, gone] = [nameOf('kept'), nameOf('gone')];
    await register('could-not-tell', kept);
    await (await ownerOf('could-not-tell')).link({ name: gone, provider });
    const said = vi.spyOn(console, 'warn').mockImplementation(() => {});
    await runInDurableObject(insideOf('could-not-tell').stub, async (_stack, state) => {
      const broken = new Stack(state, { ...env, IDENTITY: brokenNamespace() });
      const session = await requireSession(await requestAs('could-not-tell'), env);
      expect(await broken.as(session.credential).unlink(gone)).toEqual({ ok: true, value: null });
    });
    expect(said).toHaveBeenCalledWith(expect.stringContaining('"event":"identity_kept"'));
    expect(await identityAt(gone).getClaim()).toMatchObject({ userId: 'could-not-tell' });
    atSeconds(limits.signIn.claimSeconds);
    expect(await getOwner(env, gone)).toBeUndefined();
    expect(await register('could-tell', gone)).toMatchObject({ ok: true });
  });
});

describe('erasing an account', () => {
  it('sets its identities free, and its user id', async () => {
    const name = nameOf('erased');
    await register('erased-owner', name);
    const owner = await ownerOf('erased-owner');
    expect(await owner.erase('erased-owner')).toMatchObject({ value: { isArchivePending: false } });
    expect(await getOwner(env, name)).toBeUndefined();
    expect(await entriesAt(name)).toBe(0);
    expect(await register('erased-owner', name)).toMatchObject({ ok: true });
  });

  it('goes on until they are free, however often that fails', async () => {
    const name = nameOf('erased-late');
    await register('erased-late', name);
    const inside = insideOf('erased-late');
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    await runInDurableObject(inside.stub, async (_stack, state) => {
      const broken = new Stack(state, { ...env, IDENTITY: brokenNamespace() });
      const session = await requireSession(await requestAs('erased-late'), env);
      expect(await broken.as(session.credential).erase('erased-late')).toMatchObject({
        value: { isArchivePending: true },
      });
    });
    expect(said).toHaveBeenCalledWith(expect.stringContaining('"event":"erasure_failed"'));
    await inside.evict();
    await expect(getOwner(env, name)).rejects.toMatchObject({ problem: { code: 'unavailable' } });
    expect(await inside.ring()).toBe(true);
    expect(await getOwner(env, name)).toBeUndefined();
    expect(await inside.rowsOf('sqlite_master')).toEqual([]);
  });
});

function nameOf(subject: string): string {
  return identityName('https://issuer.example', subject);
}

function identityAt(name: string) {
  return env.IDENTITY.get(env.IDENTITY.idFromName(name));
}

function entriesAt(name: string): Promise<number> {
  return runInDurableObject(identityAt(name), (_identity, { storage }) => [...storage.kv.list()].length);
}

function register(userId: string, name: string, defaultVisibility: 'public' | 'private' = 'public') {
  return insideOf(userId).stub.register({ userId, defaultVisibility }, { name, provider });
}

async function requestAs(userId: string): Promise<Request> {
  const { cookie } = await openBrowser(userId);
  return new Request(`${origin}/account`, { headers: { cookie } });
}

async function ownerOf(userId: string) {
  const session = await requireSession(await requestAs(userId), env);
  return insideOf(userId).stub.as(session.credential);
}

async function keyOwnerOf(userId: string) {
  const { getCredential } = await import('../../../worker/identity/key.ts');
  const { key } = await signIn(userId);
  const credential = getCredential(env.INSTANCE_SECRETS, 'key', key);
  if (credential?.routingHash !== routingHashOf(userId)) throw new Error('not a key of theirs');
  return insideOf(userId).stub.as(credential);
}

/** A namespace whose objects can't be reached. */
function brokenNamespace(): typeof env.IDENTITY {
  return new Proxy(env.IDENTITY, {
    get: (target, name) =>
      name === 'get'
        ? () => ({ claim: unreachable, release: unreachable })
        : Reflect.get(target, name, target).bind(target),
  });
}

async function unreachable(): Promise<never> {
  throw new Error('Network connection lost.');
}
