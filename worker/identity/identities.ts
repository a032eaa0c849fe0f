// The way from what a provider says to an account: a person is who the provider says they are, never who has their
// e-mail address.

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { limits } from '../../shared/limits.ts';
import { ProblemError } from '../../shared/problem.ts';
import { routingHashOf } from '../ids/routing-hash.ts';
import { stackOf } from '../stack/stub.ts';

/**
 * The name of a person as a provider knows them.
 * @param issuer whose word it is: of two issuers the same subject is two persons
 */
export function identityName(issuer: string, subject: string): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(['pybin identity', issuer, subject]))));
}

/**
 * The user id of the account that signs in by an identity; undefined where there is none.
 * @throws {ProblemError} `unavailable` where that can't be told at this moment
 */
export async function getOwner(env: Env, name: string): Promise<string | undefined> {
  const identity = env.IDENTITY.get(env.IDENTITY.idFromName(name));
  const claim = await identity.getClaim();
  if (!claim) return undefined;
  const { userId, claimedAtMs } = claim;
  const standing = await stackOf(env, routingHashOf(userId)).standingOf(name);
  switch (standing) {
    case 'linked':
      return userId;
    case 'erasing':
      throw new ProblemError({
        code: 'unavailable',
        detail: 'Your account is being erased. Come back in a while to begin anew.',
        retryAfterSeconds: limits.outboxRetryMs.max / 1000,
      });
    case 'unknown':
      // What claimed it may still be about to write its own row.
      if (Date.now() - claimedAtMs < limits.signIn.claimSeconds * 1000)
        throw new ProblemError({
          code: 'unavailable',
          detail: 'You are being registered at this very moment, in another window. Try again in a minute.',
          retryAfterSeconds: limits.signIn.claimSeconds,
        });
      await identity.release(userId);
      return undefined;
    default:
      return standing satisfies never;
  }
}
