// A takedown: the instance's operator deletes a snippet, whoever's it is, with its record in the archive. What is left
// is a record in R2 that says when and why, and has no word of the text. It is written first: nothing goes unrecorded.

import { accept, refuse, type Result } from '../../shared/problem.ts';
import { log } from '../log.ts';
import { countArchiveFailure } from '../metrics/isolate.ts';
import { leftChanges } from './changes.ts';
import { nothingHere } from './read.ts';
import type { Which } from './snippets.ts';
import type { Tables } from './tables.ts';
import type { Workplace } from './workplace.ts';

/** What was taken down. */
export interface Takedown {
  readonly number: number;
  /** Whose it was; empty where nobody's. */
  readonly userId: string;
  readonly wasOnStack: boolean;
  readonly wasArchived: boolean;
  /** Whether the archive still has to delete the record: it is told until it has. */
  readonly isArchivePending: boolean;
  readonly takenDownAtMs: number;
  /** The key of what is left of it in R2. */
  readonly record: string;
}

/** What tells a snippet from its newer ones: the latest may be another by the time that the operator says so. */
export type Named = Exclude<Which, { kind: 'latest' }>;

const unrecorded = refuse(
  'unavailable',
  'R2 takes no record of it now, so nothing was taken down. Try again.',
);

export async function takeDownSnippet(
  at: Workplace,
  which: Named,
  reason: string,
  nowMs: number,
): Promise<Result<Takedown>> {
  const { alarm, archivist, routingHash, tables, watchers } = at;
  const number = getNumber(tables, which, nowMs);
  if (number === undefined) return nothingHere();
  let record: string;
  try {
    record = await archivist.recordTakedown({ number, reason, takenDownAtMs: nowMs });
  } catch (error) {
    countArchiveFailure();
    log('error', 'archive_failed', { stack: routingHash }, error);
    return unrecorded;
  }
  await alarm.ready();
  const account = tables.created ? tables.accounts.get() : undefined;
  // Erased in the meantime: there is nothing to take down any more.
  if (!account) return nothingHere();
  const removed = remove(tables, number, nowMs);
  await alarm.wakeBy(nowMs);
  if (removed.wasOnStack) watchers.tell(leftChanges([number], 'deleted'), nowMs);
  log('info', 'taken_down', { stack: routingHash, number });
  const isArchivePending = await isStillArchived(at, nowMs);
  const { userId } = account;
  return accept({ number, userId, ...removed, isArchivePending, takenDownAtMs: nowMs, record });
}

/** The number of a snippet that something is stored of: on the stack, on its way to the archive, or there. */
function getNumber(tables: Tables, which: Named, nowMs: number): number | undefined {
  if (!tables.created) return undefined;
  const { history, snippets } = tables;
  if (which.kind === 'alias') return snippets.get(which, 'owner', nowMs)?.number;
  const { number } = which;
  return snippets.getStored(number) || history.get(number, nowMs) ? number : undefined;
}

function remove(tables: Tables, number: number, nowMs: number): Pick<Takedown, 'wasOnStack' | 'wasArchived'> {
  return tables.transaction(() => {
    const { history, outbox, requests, snippets } = tables;
    const wasOnStack = snippets.get({ kind: 'number', number }, 'owner', nowMs) !== undefined;
    const row = snippets.getStored(number);
    if (row) {
      snippets.delete(number);
      outbox.takeBack(row);
    }
    const object = history.remove(number);
    if (object !== undefined) outbox.markStale(object);
    requests.forgetWords(number);
    return { wasOnStack, wasArchived: object !== undefined };
  });
}

/** Has the archive delete now what else an alarm would. Gives whether some of it is left for the alarm. */
async function isStillArchived(
  { archivist, routingHash, tables }: Workplace,
  nowMs: number,
): Promise<boolean> {
  try {
    await archivist.flush('due', nowMs);
  } catch (error) {
    countArchiveFailure();
    log('error', 'archive_failed', { stack: routingHash }, error);
  }
  return tables.created && tables.outbox.getWaiting()?.action === 'compact';
}
