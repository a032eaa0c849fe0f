// Several accounts in a real editor, with its real SecretStorage and a real edge: which one counts, in every window.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestAccess } from '../../../extension/extension.ts';
import type { Pushed } from '../../../extension/push/run.ts';
import type { Why } from '../../../extension/queue/deliver.ts';
import type { Session } from '../../../extension/session/session.ts';
import { requireOk } from '../../../shared/problem.ts';
import { signInLocally } from '../../../worker/local/sign-in.ts';
import {
  activated,
  closeEditors,
  drawn,
  endpoint,
  key,
  userId,
  openUntitled,
  push,
  signInPusher,
} from './desk.ts';

describe('accounts', () => {
  let access: TestAccess;
  let session: Session;
  let otherWindow: Session;
  let ada: string;
  let bob: string;

  before(async () => {
    access = await activated();
    session = access.session;
    otherWindow = access.openSession();
    ada = await signInPusher('accounts-ada');
    bob = await signInPusher('accounts-bob');
  });

  after(async () => {
    otherWindow.dispose();
    for (const user of ['accounts-ada', 'accounts-bob', userId]) requireOk(await session.signOut(user));
    requireOk(await session.signIn(key));
    await closeEditors();
  });

  it('the last one signed in counts, in both windows', async () => {
    requireOk(await session.signIn(ada));
    requireOk(await session.signIn(bob));
    assert.equal((await session.get())?.userId, 'accounts-bob');
    await until(otherWindow, 'accounts-bob');
    assert.equal((await others(otherWindow))[0], 'accounts-ada');
  });

  it('all of them are among the editor’s accounts', async () => {
    const { host } = new URL(endpoint);
    const labels = (await vscode.authentication.getAccounts('pybin')).map(({ label }) => label);
    assert.ok(labels.includes(`accounts-ada (${host})`), labels.join());
    assert.ok(labels.includes(`accounts-bob (${host})`), labels.join());
  });

  it('switching in one window switches in the other, and pushes go there', async () => {
    await otherWindow.switchTo('accounts-ada');
    await until(session, 'accounts-ada');
    await openUntitled('x = 1\n');
    const pushed = await push();
    assert.equal(pushed.kind === 'pushed' && pushed.snippet.address, `${endpoint}/~accounts-ada/2`);
  });

  it('whoever asks right after a switch is told of who was switched to', async () => {
    const switched = session.switchTo('accounts-bob');
    assert.equal((await session.get())?.userId, 'accounts-bob');
    await switched;
    await session.switchTo('accounts-ada');
    await until(otherWindow, 'accounts-ada');
  });

  it('signing out in one window signs out in the other, and nobody takes the place', async () => {
    requireOk(await otherWindow.signOut('accounts-ada'));
    await until(session, undefined);
    assert.equal(await session.get(), undefined);
    assert.ok((await others(session)).includes('accounts-bob'));
    assert.equal(await discardQueued(access, await push()), 'accountUnchosen');
    await drawn(access, (text) => text === '$(account) pybin: choose account');
  });

  it('a revoked key is signed out in both windows, and is told of once', async () => {
    requireOk(await session.signIn(ada));
    await until(otherWindow, 'accounts-ada');
    let told = 0;
    const subscriptions = [session, otherWindow].map((each) =>
      each.onDidRefuse(() => {
        told += 1;
      }),
    );
    await revoke(ada);
    for (const pushed of await Promise.all([push(), push()])) await discardQueued(access, pushed);
    assert.equal(await session.get(), undefined);
    await until(otherWindow, 'accounts-ada', true);
    assert.equal(await otherWindow.get(), undefined);
    assert.equal(told, 1);
    for (const subscription of subscriptions) subscription.dispose();
    const labels = (await vscode.authentication.getAccounts('pybin')).map(({ label }) => label);
    assert.ok(!labels.some((label) => label.startsWith('accounts-ada ')), labels.join());
  });

  it('a key that was made for this editor is revoked once it is used no more', async () => {
    const [first, second] = [await ownKey(), await ownKey()];
    await session.takeOwnKey(endpoint, { userId: 'accounts-ada', key: first });
    await session.takeOwnKey(endpoint, { userId: 'accounts-ada', key: second });
    assert.deepEqual([await isTaken(first), await isTaken(second)], [false, true]);
    requireOk(await session.signOut('accounts-ada'));
    assert.equal(await isTaken(second), false);
  });

  it('a pasted key stays good for whoever else has it', async () => {
    requireOk(await session.signIn(bob));
    requireOk(await session.signOut('accounts-bob'));
    assert.equal(await isTaken(bob), true);
  });

  it('a fresh key of the same account counts again', async () => {
    const { key: fresh } = await signInLocally(endpoint, 'accounts-ada');
    requireOk(await session.signIn(fresh));
    await until(otherWindow, 'accounts-ada', false);
    assert.equal((await otherWindow.get())?.userId, 'accounts-ada');
  });
});

/** Takes a push out of the queue, so that it goes in no other test; gives why it waited. */
async function discardQueued({ queue }: TestAccess, pushed: Pushed): Promise<Why> {
  assert.ok(pushed.kind === 'queued', pushed.kind);
  await queue.discard(pushed.draft.requestId);
  return pushed.why;
}

async function others(session: Session): Promise<string[]> {
  return ((await session.accounts())?.others ?? []).map((account) => account.userId);
}

async function ownKey(): Promise<string> {
  return (await signInLocally(endpoint, 'accounts-ada')).key;
}

/** Whether the edge takes a key, seen by another program than the extension. */
async function isTaken(keyText: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${keyText}` };
  return (await fetch(`${endpoint}/v1/account`, { headers })).ok;
}

/** Revokes a key, as whoever found it would. */
async function revoke(keyText: string): Promise<void> {
  const response = await fetch(`${endpoint}/v1/keys/revoke`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ keyText }),
  });
  assert.ok(response.ok, await response.text());
}

/** Waits until this user, or nobody, counts in a window; with a key that is refused, or not. */
async function until(session: Session, wanted: string | undefined, isRefused = false): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = async (): Promise<void> => {
    const current = (await session.accounts())?.current;
    if (current?.userId === wanted && (current?.isRefused ?? false) === isRefused) resolve();
  };
  const subscription = session.onDidChangeAccounts(() => void look());
  await look();
  await promise;
  subscription.dispose();
}
