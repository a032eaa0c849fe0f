// Authority as a capability: what a credential doesn't allow isn't done, whoever asks.

import { env } from 'cloudflare:workers';
import { createExecutionContext, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { createKeySecret, writeKey } from '../../../worker/identity/key.ts';
import { routingHashOf } from '../../../worker/ids/routing-hash.ts';
import { Keys } from '../../../worker/stack/keys.ts';
import { ask, signIn } from '../edge.ts';

describe('a key that may only read', () => {
  it('reads what its owner may see', async () => {
    const { key } = await withReadKey('reads-only');
    const headers = { authorization: `Bearer ${key}` };
    expect(await (await ask('/~reads-only', { headers })).text()).toBe('private text');
    expect((await ask('/v1/snippets', { headers })).status).toBe(200);
    expect((await ask('/v1/account', { headers })).status).toBe(200);
  });

  it('is refused where it would write, and nothing is written', async () => {
    const { key, link } = await withReadKey('writes-not');
    const headers = { authorization: `Bearer ${key}` };
    const refused = [
      await ask('/', { method: 'POST', body: 'x', headers }),
      await ask('/v1/snippets', { method: 'POST', body: '{"text":"x"}', headers }),
      await ask(link, { method: 'DELETE', headers }),
    ];
    expect(refused.map((answer) => answer.status)).toEqual([403, 403, 403]);
    expect(await (await ask('/~writes-not', { headers })).text()).toBe('private text');
  });
});

describe('a key of a user who is not there', () => {
  it('is refused by a stack that was never written', async () => {
    const secret = createKeySecret();
    const place = { routingHash: routingHashOf('not-there'), number: 1 };
    const key = writeKey(env.INSTANCE_SECRETS, 'key', place, secret.secret);
    const answer = await ask('/', { method: 'POST', body: 'x', headers: { authorization: `Bearer ${key}` } });
    expect(answer.status).toBe(401);
  });
});

describe('the rate of one user', () => {
  it('is ten writes at once, and the eleventh is told when to come back', async () => {
    const ada = await signIn('hasty-writer');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ada.ask('/', { method: 'POST', body: 'x' })),
    );
    const refused = answers.filter((answer) => answer.status === 429);
    // Time passes while they arrive, so a token may have come back meanwhile.
    expect(refused.length).toBeGreaterThanOrEqual(7);
    expect(refused.length).toBeLessThanOrEqual(10);
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
  });
});

describe('local sign-in', () => {
  const asked = { method: 'POST', body: '{"userId":"ada"}', headers: { 'content-type': 'application/json' } };

  it('keeps at most twenty keys, of which the oldest goes', async () => {
    const first = await signIn('many-keys');
    for (let count = 2; count <= 21; count++) await signIn('many-keys');
    expect((await first.ask('/v1/account')).status).toBe(401);
  });

  it('does not exist where it isn’t asked for at a loopback address', async () => {
    const { answer } = await import('../../../worker/router.ts');
    const elsewhere = await answer(
      new Request('http://pybin.example/sign-in/local', asked),
      env,
      createExecutionContext(),
    );
    expect(elsewhere.status).toBe(404);
  });

  it('does not exist where it isn’t switched on', async () => {
    const { answer } = await import('../../../worker/router.ts');
    const off = await answer(
      new Request('http://localhost/sign-in/local', asked),
      {
        ...env,
        LOCAL_SIGN_IN: 'off',
      },
      createExecutionContext(),
    );
    expect(off.status).toBe(404);
  });
});

async function withReadKey(userId: string): Promise<{ key: string; link: string }> {
  const owner = await signIn(userId, 'private');
  const routingHash = routingHashOf(userId);
  const { secret, secretHash } = createKeySecret();
  const stack = env.STACK.get(env.STACK.idFromName(routingHash));
  const number = await runInDurableObject(stack, (_stack, state) =>
    new Keys(state.storage.sql).add({ secretHash, scope: 'read', name: 'reader' }, Date.now()),
  );
  const key = writeKey(env.INSTANCE_SECRETS, 'key', { routingHash, number }, secret);
  return { key, link: await owner.push('private text') };
}
