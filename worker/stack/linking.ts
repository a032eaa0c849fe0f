// How an account gets its ways to sign in, and loses them.

import { limits } from '../../shared/limits.ts';
import { accept, refuse, type Result } from '../../shared/problem.ts';
import { log } from '../log.ts';
import type { LinkedIdentity } from './identities.ts';
import { openAccount, type Owner } from './sign-in.ts';
import type { Workplace } from './workplace.ts';

export type NewIdentity = Omit<LinkedIdentity, 'linkedAtMs'>;

/** How an identity stands with an account: `erasing` where the account is on its way out. */
export type IdentityStanding = 'linked' | 'unknown' | 'erasing';

type At = Pick<Workplace, 'tables' | 'directory' | 'routingHash'>;

const taken = refuse('invalid_argument', 'This user id is taken. Choose another.', { field: 'userId' });
const ofAnother = refuse(
  'invalid_argument',
  'Another account signs in this way already. Sign in to it and take it off there, or use it as it is.',
  { field: 'provider' },
);

/** Whether nobody has this Stack. */
export function isFree({ tables }: Pick<Workplace, 'tables'>): boolean {
  return !tables.created || tables.accounts.get() === undefined;
}

export function standingOf({ tables }: Pick<Workplace, 'tables'>, name: string): IdentityStanding {
  const account = tables.created ? tables.accounts.get() : undefined;
  if (account?.isErased) return 'erasing';
  return account && tables.identities.has(name) ? 'linked' : 'unknown';
}

/** Opens an account that signs in by an identity. Refused where the user id is taken, by whomever. */
export async function registerAccount(
  at: At,
  owner: Owner,
  identity: NewIdentity,
  nowMs: number,
): Promise<Result<null>> {
  const { directory, tables } = at;
  if (!isFree(at)) return taken;
  if ((await directory.claim(identity.name, owner.userId)) !== owner.userId) return ofAnother;
  // Others were let in while the claim was on its way.
  if (isFree(at)) {
    if (!tables.created) tables.create();
    tables.transaction(() => {
      openAccount(tables, owner, nowMs);
      tables.identities.add({ ...identity, linkedAtMs: nowMs });
    });
    return accept(null);
  }
  if (standingOf(at, identity.name) === 'linked') return accept(null);
  await directory.release(identity.name, owner.userId);
  return taken;
}

/** Adds a way to sign in. One that is there already stays. */
export async function linkIdentity(at: At, identity: NewIdentity, nowMs: number): Promise<Result<null>> {
  const { directory, tables } = at;
  const { userId } = tables.accounts.require();
  if (tables.identities.has(identity.name)) return accept(null);
  const { length } = tables.identities.list();
  if (length >= limits.identitiesPerUser)
    return refuse(
      'invalid_argument',
      `At most ${limits.identitiesPerUser} ways to sign in. Take one off first.`,
      {
        limit: limits.identitiesPerUser,
      },
    );
  if ((await directory.claim(identity.name, userId)) !== userId) return ofAnother;
  // The account may have been erased meanwhile.
  if (standingOf(at, identity.name) === 'erasing' || isFree(at)) {
    await directory.release(identity.name, userId);
    return refuse('unauthenticated', 'This account is no more.');
  }
  tables.identities.add({ ...identity, linkedAtMs: nowMs });
  return accept(null);
}

/** Takes a way to sign in off. The last one stays: nobody could come back. */
export async function unlinkIdentity(at: At, name: string): Promise<Result<null>> {
  const { directory, routingHash, tables } = at;
  if (!tables.identities.has(name)) return accept(null);
  if (tables.identities.list().length === 1)
    return refuse('invalid_argument', 'This is the only way to sign in. Add another one first.', {
      field: 'identity',
    });
  tables.identities.remove(name);
  try {
    await directory.release(name, tables.accounts.require().userId);
  } catch (error) {
    // The account's own word counts: the next sign-in finds out and takes the other one back.
    log('warn', 'identity_kept', { stack: routingHash }, error);
  }
  return accept(null);
}

/** Takes all words back that others keep of an account that is erased. @throws where one can't be: to be tried again */
export async function releaseIdentities({ directory, tables }: At): Promise<void> {
  const { userId } = tables.accounts.require();
  for (const { name } of tables.identities.list()) await directory.release(name, userId);
}
