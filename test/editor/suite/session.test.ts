// Signing in and out in a real editor, with its real SecretStorage and a real edge.

import * as assert from 'node:assert/strict';
import type { Session } from '../../../extension/session/session.ts';
import type { Result } from '../../../shared/problem.ts';
import {
  activated,
  closeEditors,
  endpoint,
  key,
  openUntitled,
  pullLatest,
  signInPusher,
  push,
  signOutAll,
  topNumber,
  userId as ownUserId,
} from './desk.ts';

describe('the session', () => {
  let session: Session;

  before(async () => {
    ({ session } = await activated());
  });

  after(async () => {
    requireValue(await session.signIn(key));
    await closeEditors();
  });

  it('begins with the environment’s key', async () => {
    const connection = await session.get();
    assert.equal(connection?.endpoint, endpoint);
    assert.equal(connection.userId, ownUserId);
  });

  it('refuses what is no key, and stays signed in', async () => {
    const refused = await session.signIn('pyb_short');
    assert.equal(!refused.ok && refused.problem.code, 'invalid_argument');
    assert.ok(await session.get());
  });

  it('refuses a key that the edge doesn’t know, and stays signed in', async () => {
    const refused = await session.signIn(`pyb_${'a'.repeat(65)}`);
    assert.equal(!refused.ok && refused.problem.code, 'unauthenticated');
    assert.ok(await session.get());
    assert.ok((await topNumber()) >= 0);
  });

  it('takes another’s key from then on, and pushes to that one’s stack', async () => {
    const other = await signInPusher('session-suite');
    const before = await topNumber();
    const { userId, kept } = requireValue(await session.signIn(` ${other}\n`));
    assert.deepEqual({ userId, kept }, { userId: 'session-suite', kept: 'keyring' });

    await openUntitled('x = 1\n');
    const pushed = await push();
    assert.equal(pushed.kind === 'pushed' && pushed.snippet.address, `${endpoint}/~session-suite/2`);
    assert.equal(await topNumber(), before);
  });

  it('signed out: nothing is sent, and the environment’s key is passed over', async () => {
    await openUntitled('x = 1\n');
    assert.equal(requireValue(await signOutAll({ session })), 'window');
    assert.equal(await session.get(), undefined);
    const outcome = await push();
    assert.equal(outcome.kind === 'queued' && outcome.why, 'signedOut');
    assert.equal((await pullLatest()).kind, 'signedOut');
  });

  it('keeps no key where anything could read it', async () => {
    requireValue(await session.signIn(key));
    assert.ok(!JSON.stringify(session).includes(key));
    assert.ok(!JSON.stringify(await session.get()).includes(key));
  });
});

function requireValue<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value;
  throw new assert.AssertionError({ message: JSON.stringify(result.problem) });
}
