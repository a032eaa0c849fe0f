// What sign-in does on a Stack, after it has made sure who asks: opens the account where there is none, and adds a key.

import { limits } from '../../shared/limits.ts';
import { accept, refuse, type Refusal, type Result } from '../../shared/problem.ts';
import type { Visibility } from '../../shared/snippet.ts';
import type { Account } from './account.ts';
import { endKeys, revokeKeys } from './keyring.ts';
import type { Keys } from './keys.ts';
import type { Tables } from './tables.ts';
import type { Workplace } from './workplace.ts';

/** Who opens an account, and who may read what is pushed to it unless a push says otherwise. */
export interface Owner {
  readonly userId: string;
  readonly defaultVisibility: Visibility;
}

/** A key that may write. */
export interface SignInKey {
  readonly secretHash: Uint8Array;
  readonly name: string;
  /** Whether its name stands for one device: then others of that name are revoked. Else it is told apart by a count. */
  readonly replacesNamesakes: boolean;
}

/** Opens the account where there is none, and adds a key. Over the limit of keys, the oldest goes. Gives its number. */
export function signIn(
  at: Pick<Workplace, 'tables' | 'watchers'>,
  owner: Owner,
  key: SignInKey,
  nowMs: number,
): Result<number> {
  const refusal = openAccount(at.tables, owner, nowMs);
  if (refusal) return refusal;
  const { keys } = at.tables;
  endKeys(at, nowMs);
  if (key.replacesNamesakes) revokeKeys(at, keys.named(key.name));
  const oldest = keys.count() < limits.keysPerUser ? undefined : keys.getOldest();
  if (oldest !== undefined) revokeKeys(at, [oldest]);
  return accept(
    keys.add({ secretHash: key.secretHash, name: freeName(keys, key.name), scope: 'write' }, nowMs),
  );
}

/** A name that no other key has: `curl on this machine`, then `curl on this machine 2`. */
function freeName(keys: Keys, name: string): string {
  let free = name;
  for (let count = 2; keys.named(free).length > 0; count++) free = `${name} ${count}`;
  return free;
}

/** Opens the account where there is none. Refused where the user id isn't to be had. */
export function openAccount(tables: Tables, owner: Owner, nowMs: number): Refusal | undefined {
  if (!tables.created) tables.create();
  const known = tables.accounts.get();
  if (known && known.userId !== owner.userId)
    return refuse('invalid_argument', 'This user id can’t be had. Choose another.', { field: 'userId' });
  if (known?.isErased)
    return refuse('unavailable', 'This account is being erased. Try again in a while.', {
      retryAfterSeconds: limits.outboxRetryMs.max / 1000,
    });
  const account: Account = {
    kind: 'user',
    ...owner,
    defaultTtlSeconds: limits.ttlSeconds.default,
    isArchived: true,
    isErased: false,
  };
  if (!known) tables.accounts.create(account, nowMs);
  return undefined;
}
