// Where a snippet's address points: which stack, which snippet on it, and what the address alone lets one see.

import { getNumber, isAlias, isLinkId, isUserId } from '../../shared/address.ts';
import { ProblemError } from '../../shared/problem.ts';
import { type Caller, requireCredential } from './caller.ts';
import type { Credential } from './key.ts';
import { routingHashOf } from '../ids/routing-hash.ts';
import { type Place, requireSeal } from '../ids/seal.ts';
import { nothingHere } from '../stack/read.ts';
import type { Which } from '../stack/snippets.ts';

export interface Target {
  readonly routingHash: string;
  readonly which: Which;
  /** Whose stack the address says it is. Undefined: the address is a link, which names nobody, and whoever has it may read. */
  readonly userId: string | undefined;
}

/** `/~{user}`. @throws {ProblemError} `not_found` where no user can be called so: no object is woken */
export function requireUserTarget(userId: string, which: Which = { kind: 'latest' }): Target {
  if (!isUserId(userId)) throw new ProblemError(nothingHere().problem);
  return { routingHash: routingHashOf(userId), which, userId };
}

/** `/~{user}/{number}` and `/~{user}/{alias}`. */
export function requireNamedTarget(userId: string, name: string): Target {
  const number = getNumber(name);
  if (number !== undefined) return requireUserTarget(userId, { kind: 'number', number });
  if (!isAlias(name)) throw new ProblemError(nothingHere().problem);
  return requireUserTarget(userId, { kind: 'alias', alias: name });
}

/** `/s/{id}`. @throws {ProblemError} `not_found` where the id's check bits are wrong: no object is woken */
export function requireLinkTarget(id: string, env: Env): Target {
  const { routingHash, number } = requirePlace(id, env);
  return { routingHash, which: { kind: 'number', number }, userId: undefined };
}

/** Where a link's id points. @throws {ProblemError} `not_found` where its check bits are wrong */
export function requirePlace(id: string, env: Env): Place {
  const place = isLinkId(id) ? requireSeal(env.INSTANCE_SECRETS, 'link').getPlace(id) : undefined;
  if (!place) throw new ProblemError(nothingHere().problem);
  return place;
}

/** A snippet on the caller's own stack. */
export interface Own {
  readonly credential: Credential;
  readonly number: number;
}

/**
 * A snippet by its link's id, where it is the caller's.
 * @throws {ProblemError} `unauthenticated` where nothing was shown; `not_found` where it is another's, which looks as if
 * there were none
 */
export function requireOwn(caller: Caller, id: string): Own {
  const credential = requireCredential(caller);
  const { routingHash, number } = requirePlace(id, caller.env);
  if (routingHash !== credential.routingHash) throw new ProblemError(nothingHere().problem);
  return { credential, number };
}
