// Where a snippet's address points: which stack, which snippet on it, and what the address alone lets one see.

import { getNumber, isLinkId, isUserId } from '../../shared/address.ts';
import { ProblemError } from '../../shared/problem.ts';
import { routingHashOf } from '../identity/routing-hash.ts';
import { requireSeal } from '../identity/seal.ts';
import { nothingHere } from '../stack/read.ts';
import type { Which } from '../stack/snippets.ts';

export interface Target {
  readonly routingHash: string;
  readonly which: Which;
  /** Whether the address is a link, which whoever has it may read. */
  readonly isLink: boolean;
}

/** `/~{user}`. @throws {ProblemError} `not_found` where no user can be called so: no object is woken */
export function requireUserTarget(userId: string, which: Which = { kind: 'latest' }): Target {
  if (!isUserId(userId)) throw new ProblemError(nothingHere().problem);
  return { routingHash: routingHashOf(userId), which, isLink: false };
}

/** `/~{user}/{number}`. */
export function requireNumberTarget(userId: string, numberText: string): Target {
  const number = getNumber(numberText);
  if (number === undefined) throw new ProblemError(nothingHere().problem);
  return requireUserTarget(userId, { kind: 'number', number });
}

/** `/s/{id}`. @throws {ProblemError} `not_found` where the id's check bits are wrong: no object is woken */
export function requireLinkTarget(id: string, env: Env): Target {
  const place = isLinkId(id) ? requireSeal(env.INSTANCE_SECRETS, 'link').getPlace(id) : undefined;
  if (!place) throw new ProblemError(nothingHere().problem);
  return {
    routingHash: place.routingHash,
    which: { kind: 'number', number: place.number },
    isLink: true,
  };
}
