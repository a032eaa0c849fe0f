// What an alarm does before it tells the archive: expired snippets and their bytes go, and what is past its time
// is forgotten. May run twice, late, or not at all: reads never depend on it.

import { type Change, leftChanges } from './changes.ts';
import { AT_ONCE_MS, getNextAlarmMs } from './retention.ts';
import type { Tables } from './tables.ts';

/** Takes off what is past its time, and says what left the stack. */
export function sweepExpired(tables: Tables, nowMs: number): Change[] {
  return tables.transaction(() => {
    const { history, outbox, readCounts, requests, snippets, tickets } = tables;
    const expired = snippets.expired(nowMs);
    snippets.leave(expired, nowMs);
    snippets.eraseLeft(nowMs);
    requests.forgetOld(nowMs);
    tickets.forgetOld(nowMs);
    for (const object of history.removeEnded(nowMs)) outbox.markStale(object);
    readCounts.forgetOld(nowMs);
    return leftChanges(expired, 'expired');
  });
}

/** Whether nothing is left of the stack of a push without a key: then it goes whole. */
export function isLeftAnonymous({ accounts, snippets }: Tables): boolean {
  return accounts.require().kind === 'anonymous' && snippets.isEmpty();
}

/** When the alarm is due next, from the data alone. */
export function getNextDueMs(tables: Tables): number | undefined {
  return getNextAlarmMs({
    expiryMs: tables.snippets.getNextExpiryMs(),
    erasureMs: tables.accounts.get()?.isErased ? AT_ONCE_MS : undefined,
    archiveMs: tables.outbox.getNextDueMs(),
    keptEndMs: tables.snippets.getNextKeptEndMs(),
    historyEndMs: tables.history.getNextEndMs(),
    keyEndMs: tables.keys.getNextEndMs(),
    sessionEndMs: tables.sessions.getNextEndMs(),
    requestEndMs: tables.requests.getNextEndMs(),
  });
}
