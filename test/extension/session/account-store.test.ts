// Where accounts are kept and which count, also where the keyring fails.

import { describe, expect, it } from 'vitest';
import { AccountStore } from '../../../extension/session/account-store.ts';
import { type Account, noAccounts, signedIn, without } from '../../../extension/session/accounts.ts';
import { Keyring } from './keyring.ts';

const here = 'https://here.example';
const there = 'https://there.example';
const silent = { warn: () => {} };

const ada: Account = { userId: 'ada', key: 'key-of-ada', isOwn: true, isRefused: false };
const bob: Account = { userId: 'bob', key: 'key-of-bob', isOwn: true, isRefused: false };

function windowOn(keyring: Keyring, environmentKey?: string) {
  const store = new AccountStore(keyring, environmentKey, silent);
  let changes = 0;
  store.onDidChange(() => {
    changes += 1;
  });
  return {
    store,
    changes: () => changes,
    signIn: (account: Account) => store.change(here, (accounts) => signedIn(accounts, account)),
    signOut: ({ userId }: Account) => store.change(here, (accounts) => without(accounts, userId)),
    current: async () => (await store.get(here)).current?.userId,
  };
}

describe('an account', () => {
  it('counts for its endpoint alone', async () => {
    const { store, signIn, current } = windowOn(new Keyring());
    expect(await signIn(ada)).toBe('keyring');
    expect(await current()).toBe('ada');
    expect(await store.get(there)).toEqual(noAccounts);
  });

  it('that came or went is heard of in another window', async () => {
    const keyring = new Keyring();
    const [first, second] = [windowOn(keyring), windowOn(keyring)];
    await first.signIn(ada);
    expect(second.changes()).toBe(1);
    expect(await second.current()).toBe('ada');
    await first.signOut(ada);
    expect(second.changes()).toBe(2);
    expect(await second.current()).toBeUndefined();
  });

  it('that the keyring doesn’t take counts until the window closes', async () => {
    const keyring = new Keyring();
    const { signIn, current } = windowOn(keyring);
    keyring.isBroken = true;
    expect(await signIn(ada)).toBe('window');
    expect(await current()).toBe('ada');
    expect(await windowOn(keyring).current()).toBeUndefined();
  });

  it('that the keyring takes at last counts in place of the window’s own', async () => {
    const keyring = new Keyring();
    const { signIn, current } = windowOn(keyring);
    keyring.isBroken = true;
    await signIn(ada);
    keyring.isBroken = false;
    expect(await signIn(bob)).toBe('keyring');
    expect(await current()).toBe('bob');
    expect(await windowOn(keyring).current()).toBe('bob');
  });

  it('that the keyring doesn’t give up is passed over', async () => {
    const keyring = new Keyring();
    const { signIn, signOut, current } = windowOn(keyring);
    await signIn(ada);
    keyring.isBroken = true;
    expect(await signOut(ada)).toBe('window');
    keyring.isBroken = false;
    expect(await current()).toBeUndefined();
  });

  it('of another window counts again where this one had to keep its own', async () => {
    const keyring = new Keyring();
    const { signIn, current } = windowOn(keyring);
    keyring.isBroken = true;
    await signIn(ada);
    keyring.isBroken = false;
    await windowOn(keyring).signIn(bob);
    expect(await current()).toBe('bob');
  });

  it('leaves nothing in the keyring once the last one went', async () => {
    const keyring = new Keyring();
    const { signIn, signOut } = windowOn(keyring);
    await signIn(ada);
    await signIn(bob);
    await signOut(ada);
    expect(await keyring.keys()).toHaveLength(1);
    await signOut(bob);
    expect(await keyring.keys()).toEqual([]);
  });
});

describe('changes', () => {
  it('made at the same time follow one another', async () => {
    const { store, signIn } = windowOn(new Keyring());
    await Promise.all([signIn(ada), signIn(bob)]);
    expect(await store.get(here)).toEqual({ current: bob, others: [ada] });
  });

  it('that change nothing write nothing', async () => {
    const keyring = new Keyring();
    const { store, signIn } = windowOn(keyring);
    await signIn(ada);
    await store.change(here, (accounts) => accounts);
    expect(keyring.writes).toBe(1);
  });
});

describe('the environment’s key', () => {
  it('is there until it is passed over, at that endpoint', () => {
    const { store } = windowOn(new Keyring(), 'environment');
    expect(store.getEnvironmentKey(here)).toBe('environment');
    expect(store.passOverEnvironment(here)).toBe(true);
    expect(store.getEnvironmentKey(here)).toBeUndefined();
    expect(store.getEnvironmentKey(there)).toBe('environment');
  });

  it('that isn’t set can’t be passed over', () => {
    expect(windowOn(new Keyring()).store.passOverEnvironment(here)).toBe(false);
  });
});
