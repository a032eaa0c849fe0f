// Where a push without a key goes: onto a stack of its own, with a token that deletes it again.

import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { routingHashBytes } from '../ids/routing-hash.ts';
import { createKeySecret, keySecretOf, type KeySecret, writeKey } from './key.ts';

/** The first key of a stack, which the token is. */
const TOKEN_NUMBER = 1;

export interface AnonymousPlace {
  /** 80 random bits: nobody's user id. */
  readonly routingHash: string;
  /** Shown once, to the one who pushes. */
  readonly deleteToken: string;
  /** What is stored of it. */
  readonly tokenHash: Uint8Array;
}

/**
 * A fresh place; for a push that may be retried, always the same one. That one follows from the request id, from
 * who asks and from the text, so that nobody lands on another's by choosing the same id.
 */
export function anonymousPlace(
  instanceSecrets: string,
  push: { requestId: string; address: string; sha256: string },
): AnonymousPlace {
  const { routingHash, key } = push.requestId === '' ? freshPlace() : placeOf(instanceSecrets, push);
  const deleteToken = writeKey(instanceSecrets, 'key', { routingHash, number: TOKEN_NUMBER }, key.secret);
  return { routingHash, deleteToken, tokenHash: key.secretHash };
}

function freshPlace(): { routingHash: string; key: KeySecret } {
  const bytes = crypto.getRandomValues(new Uint8Array(routingHashBytes));
  return { routingHash: bytesToHex(bytes), key: createKeySecret() };
}

function placeOf(
  instanceSecrets: string,
  push: { requestId: string; address: string; sha256: string },
): { routingHash: string; key: KeySecret } {
  const derive = (purpose: string) =>
    hmac(
      sha256,
      utf8ToBytes(instanceSecrets),
      utf8ToBytes(JSON.stringify(['pybin anonymous', purpose, push.requestId, push.address, push.sha256])),
    );
  return {
    routingHash: bytesToHex(derive('stack').subarray(0, routingHashBytes)),
    key: keySecretOf(derive('token')),
  };
}
