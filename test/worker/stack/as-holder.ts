// A signed-in person on their own Stack, and the keys that they make.

import { env } from 'cloudflare:workers';
import { createKeySecret, getCredential, writeKey } from '../../../worker/identity/key.ts';
import { routingHashOf } from '../../../worker/ids/routing-hash.ts';
import type { NewKey } from '../../../worker/stack/keyring.ts';
import { origin } from '../edge.ts';
import { openBrowser } from '../session.ts';
import { insideOf } from '../stack-inside.ts';

/** What a signed-in person may do on their Stack. */
export async function holderOf(userId: string) {
  const [, cookie = ''] = (await openBrowser(userId)).cookie.split('=');
  const credential = getCredential(env.INSTANCE_SECRETS, 'session', cookie);
  if (!credential) throw new Error('no session');
  const { routingHash: _routingHash, ...shown } = credential;
  return insideOf(userId).stub.as(shown);
}

/** Makes a key and gives its text. */
export async function createKey(
  userId: string,
  { name = 'made', scope = 'write', ttlSeconds }: Partial<Omit<NewKey, 'secretHash'>> = {},
): Promise<{ number: number; keyText: string }> {
  const { secret, secretHash } = createKeySecret();
  // Held on to, it would keep the Stack awake.
  using holder = await holderOf(userId);
  const made = await holder.createKey({ secretHash, name, scope, ttlSeconds }, origin);
  if (!made.ok) throw new Error(made.problem.detail);
  const { number } = made.value;
  const place = { routingHash: routingHashOf(userId), number };
  return { number, keyText: writeKey(env.INSTANCE_SECRETS, 'key', place, secret) };
}
