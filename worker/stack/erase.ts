// The end of an account: everything that belongs to it goes, and a receipt tells what that was. What the Stack has is
// gone at once; where the archive fails, the alarm goes on until it has deleted the rest.

import { limits } from '../../shared/limits.ts';
import { accept, refuse, type Result } from '../../shared/problem.ts';
import { log } from '../log.ts';
import { countArchiveFailure } from '../metrics/isolate.ts';
import { releaseIdentities } from './linking.ts';
import type { Workplace } from './workplace.ts';

/** What was removed. */
export interface Receipt {
  readonly userId: string;
  readonly snippets: number;
  readonly records: number;
  readonly keys: number;
  readonly aliases: number;
  readonly readCounts: number;
  /** Whether the archive still has to delete some of its objects. */
  readonly isArchivePending: boolean;
  readonly erasedAtMs: number;
}

export async function eraseAccount(at: Workplace, userId: string, nowMs: number): Promise<Result<Receipt>> {
  const { alarm, routingHash, tables, watchers } = at;
  const { accounts, history, keys, readCounts, snippets } = tables;
  if (accounts.require().userId !== userId)
    return refuse('invalid_argument', 'To erase the account, say its user id. Nothing of it comes back.', {
      field: 'userId',
    });
  const stack = snippets.list(nowMs);
  const receipt = {
    userId,
    snippets: stack.length,
    records: history.count(),
    keys: keys.count(),
    aliases: stack.filter(({ alias }) => alias !== '').length,
    readCounts: readCounts.list().length,
    erasedAtMs: nowMs,
  };
  tables.transaction(() => {
    accounts.markErased(nowMs);
    tables.wipe();
  });
  // Set before the archive is asked: whatever comes in between, the alarm goes on.
  await alarm.set(nowMs + limits.outboxRetryMs.min);
  watchers.closeAll(1000, 'The account was erased.');
  try {
    await eraseRest(at);
    // It went with the rest: who begins anew needs one of their own.
    alarm.rang();
    return accept({ ...receipt, isArchivePending: false });
  } catch (error) {
    countArchiveFailure();
    log('error', 'erasure_failed', { stack: routingHash }, error);
    return accept({ ...receipt, isArchivePending: true });
  }
}

/**
 * What is kept of an erased account elsewhere, and then what is left of it here. Once at a time: an alarm that rings
 * meanwhile would else go on afterwards, and delete what begins anew under the same user id.
 * @throws where something can't be reached
 */
export function eraseRest(at: Erased): Promise<void> {
  const begun = running.get(at);
  if (begun) return begun;
  const erasing = eraseAll(at).finally(() => running.delete(at));
  running.set(at, erasing);
  return erasing;
}

type Erased = Pick<Workplace, 'archivist' | 'directory' | 'routingHash' | 'tables'>;

const running = new WeakMap<Erased, Promise<void>>();

async function eraseAll(at: Erased): Promise<void> {
  await releaseIdentities(at);
  await at.archivist.deleteAll();
  await at.tables.deleteAll();
}
