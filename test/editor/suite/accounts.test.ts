// Several accounts in a real editor, with its real SecretStorage and a real edge: which one counts, in every window.

import * as assert from 'node:assert/strict';
import type { TestAccess } from '../../../extension/extension.ts';
import type { Session } from '../../../extension/session/session.ts';
import { requireOk } from '../../../shared/problem.ts';
import { signInLocally } from '../../../worker/local/sign-in.ts';
import { activated, closeEditors, endpoint, key, userId, openUntitled, push } from './desk.ts';

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
    ({ key: ada } = await signInLocally(endpoint, 'accounts-ada'));
    ({ key: bob } = await signInLocally(endpoint, 'accounts-bob'));
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

  it('switching in one window switches in the other, and pushes go there', async () => {
    await otherWindow.switchTo('accounts-ada');
    await until(session, 'accounts-ada');
    await openUntitled('x = 1\n');
    const pushed = await push();
    assert.equal(pushed.kind === 'pushed' && pushed.snippet.address, `${endpoint}/~accounts-ada/1`);
  });

  it('signing out in one window signs out in the other, and nobody takes the place', async () => {
    requireOk(await otherWindow.signOut('accounts-ada'));
    await until(session, undefined);
    assert.equal(await session.get(), undefined);
    assert.ok((await others(session)).includes('accounts-bob'));
    assert.equal((await push()).kind, 'signedOut');
  });
});

async function others(session: Session): Promise<string[]> {
  return ((await session.accounts())?.others ?? []).map((account) => account.userId);
}

/** Waits until this user, or nobody, counts in a window. */
async function until(session: Session, wanted: string | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = async (): Promise<void> => {
    if ((await session.accounts())?.current?.userId === wanted) resolve();
  };
  const subscription = session.onDidChangeAccounts(() => void look());
  await look();
  await promise;
  subscription.dispose();
}
