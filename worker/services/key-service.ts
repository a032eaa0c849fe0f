// The methods of pybin.v1.KeyService, free of transport.

import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type CreateKeyRequest,
  type CreateKeyResponseSchema,
  type DeleteKeyRequest,
  type DeleteKeyResponseSchema,
  type KeySchema,
  KeyScope as KeyScopeMessage,
  type ListKeysResponseSchema,
  type RevokeKeyRequest,
  type RevokeKeyResponseSchema,
} from '../../shared/gen/pybin_pb.js';
import { type KeyScope, keyScopes } from '../../shared/key.ts';
import { ProblemError } from '../../shared/problem.ts';
import { type Caller, requireCredential } from '../identity/caller.ts';
import { getCredential } from '../identity/key.ts';
import { makeKey } from '../identity/make-key.ts';
import type { KeyFacts, Scope } from '../stack/keys.ts';
import { callAs, stackOf } from '../stack/stub.ts';

const SCOPE_TO_MESSAGE = {
  read: KeyScopeMessage.READ,
  write: KeyScopeMessage.WRITE,
  // The token of a push without a key: nobody lists it.
  delete: KeyScopeMessage.UNSPECIFIED,
} as const satisfies Record<Scope, KeyScopeMessage>;

export async function listKeys(
  _request: unknown,
  caller: Caller,
): Promise<MessageInitShape<typeof ListKeysResponseSchema>> {
  const keys = await callAs(caller.env, requireCredential(caller), (owner) => owner.listKeys());
  return { keys: keys.map((key) => toKey(key, key.isCurrent)) };
}

export async function createKey(
  request: CreateKeyRequest,
  caller: Caller,
): Promise<MessageInitShape<typeof CreateKeyResponseSchema>> {
  const draft = {
    name: request.name,
    scope: readScope(request.scope),
    ttlSeconds: request.ttlSeconds || undefined,
  };
  const { facts, keyText } = await makeKey(caller, requireCredential(caller), draft);
  return { key: toKey(facts, false), keyText };
}

export async function deleteKey(
  request: DeleteKeyRequest,
  caller: Caller,
): Promise<MessageInitShape<typeof DeleteKeyResponseSchema>> {
  await callAs(caller.env, requireCredential(caller), (owner) => owner.deleteKey(request.number));
  return {};
}

/** Whoever finds a key may end it: no credential is asked for, and the answer doesn't tell whether it was good. */
export async function revokeKey(
  request: RevokeKeyRequest,
  caller: Caller,
): Promise<MessageInitShape<typeof RevokeKeyResponseSchema>> {
  const { env } = caller;
  const credential = getCredential(env.INSTANCE_SECRETS, 'key', request.keyText.trim());
  if (!credential || !(await isRevoked(env, credential))) await caller.countMiss();
  return {};
}

function isRevoked(env: Env, credential: NonNullable<Caller['credential']>): Promise<boolean> {
  const { routingHash, ...shown } = credential;
  return stackOf(env, routingHash).revoke(shown);
}

/** @throws {ProblemError} `invalid_argument` for none, and for one that the contract doesn't know */
function readScope(message: KeyScopeMessage): KeyScope {
  const scope = keyScopes.find((known) => SCOPE_TO_MESSAGE[known] === message);
  if (scope) return scope;
  throw new ProblemError({
    code: 'invalid_argument',
    detail: 'A key’s scope is KEY_SCOPE_READ or KEY_SCOPE_WRITE.',
    field: 'scope',
  });
}

function toKey(key: KeyFacts, isCurrent: boolean): MessageInitShape<typeof KeySchema> {
  const { number, name, scope, createdAtMs, endsAtMs, lastUsedAtMs } = key;
  return {
    number,
    name,
    scope: SCOPE_TO_MESSAGE[scope],
    createTime: timestampFromMs(createdAtMs),
    ...(endsAtMs !== undefined && { expireTime: timestampFromMs(endsAtMs) }),
    ...(lastUsedAtMs !== undefined && { lastUseTime: timestampFromMs(lastUsedAtMs) }),
    current: isCurrent,
  };
}
