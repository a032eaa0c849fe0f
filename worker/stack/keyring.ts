// What becomes of an owner's keys: made, revoked, ended. With a key go its tickets and its live sockets.

import { limits } from '../../shared/limits.ts';
import { accept, refuse, type Result } from '../../shared/problem.ts';
import { keyTag } from './bearer.ts';
import type { KeyFacts, Scope } from './keys.ts';
import type { Tables } from './tables.ts';
import type { Workplace } from './workplace.ts';

/** A key as its owner is told of it. */
export interface ListedKey extends KeyFacts {
  /** Whether it is the one that asks. */
  readonly isCurrent: boolean;
}

/** A key that is to be made: checked, and its secret as SHA-256. */
export interface NewKey {
  readonly secretHash: Uint8Array;
  readonly name: string;
  readonly scope: Exclude<Scope, 'delete'>;
  /** How long it is good for; undefined: without an end. */
  readonly ttlSeconds: number | undefined;
  /** Whether its name stands for one device: then others of that name are revoked. */
  readonly replacesNamesakes?: boolean;
}

export function listKeys({ keys }: Tables, currentNumber: number | undefined, nowMs: number): ListedKey[] {
  return keys.list(nowMs).map((key) => ({ ...key, isCurrent: key.number === currentNumber }));
}

/** Adds a key. Refused where the owner has as many as there may be. */
export function addKey(
  at: Pick<Workplace, 'tables' | 'watchers'>,
  { ttlSeconds, replacesNamesakes = false, ...key }: NewKey,
  nowMs: number,
): Result<KeyFacts> {
  const { keys } = at.tables;
  endKeys(at, nowMs);
  if (replacesNamesakes) revokeKeys(at, keys.named(key.name));
  if (keys.count() >= limits.keysPerUser)
    return refuse('keys_full', `At most ${limits.keysPerUser} keys at a time. Revoke one of them.`, {
      limit: limits.keysPerUser,
    });
  const endsAtMs = ttlSeconds === undefined ? undefined : nowMs + ttlSeconds * 1000;
  const number = keys.add({ ...key, endsAtMs }, nowMs);
  const { name, scope } = key;
  return accept({ number, name, scope, createdAtMs: nowMs, endsAtMs, lastUsedAtMs: undefined });
}

/** Revokes keys: their next use is refused, and their sockets close. Gives the numbers of those that were there. */
export function revokeKeys(
  { tables, watchers }: Pick<Workplace, 'tables' | 'watchers'>,
  numbers: readonly number[],
): number[] {
  const revoked = tables.transaction(() => {
    const removed = tables.keys.remove(numbers);
    for (const number of removed) tables.tickets.forgetOf(keyTag(number));
    return removed;
  });
  for (const number of revoked) watchers.close(keyTag(number));
  return revoked;
}

/** Revokes the keys whose time is over. */
export function endKeys(at: Pick<Workplace, 'tables' | 'watchers'>, nowMs: number): void {
  revokeKeys(at, at.tables.keys.ended(nowMs));
}
