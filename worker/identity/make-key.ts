// Making a key for its owner: its secret is born here, shown once, and stored as a hash.

import { requireOk } from '../../shared/problem.ts';
import { checkKeyDraft, type KeyDraft } from '../../shared/key.ts';
import type { KeyFacts } from '../stack/keys.ts';
import { callAs } from '../stack/stub.ts';
import { createKeySecret, type Credential, writeKey } from './key.ts';

export interface MadeKey {
  readonly facts: KeyFacts;
  /** What is shown as "Authorization: Bearer". In this answer and never again. */
  readonly keyText: string;
}

/**
 * Makes a key for whoever shows a session.
 * With `replacesNamesakes` its name stands for one device: others of that name are revoked.
 * @param asked the instance that is asked, and where it was reached
 * @throws {ProblemError} `invalid_argument`; `forbidden` where a key asks, which can't make another one; `keys_full`
 */
export async function makeKey(
  asked: { readonly env: Env; readonly origin: string },
  credential: Credential,
  draft: KeyDraft,
  { replacesNamesakes = false } = {},
): Promise<MadeKey> {
  const { env, origin } = asked;
  const { name, scope, ttlSeconds } = requireOk(checkKeyDraft(draft));
  const { secret, secretHash } = createKeySecret();
  const key = { secretHash, name, scope, ttlSeconds, replacesNamesakes };
  const facts = await callAs(env, credential, (owner) => owner.createKey(key, origin));
  const place = { routingHash: credential.routingHash, number: facts.number };
  return { facts, keyText: writeKey(env.INSTANCE_SECRETS, 'key', place, secret) };
}
