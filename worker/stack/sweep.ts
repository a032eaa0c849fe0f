// What an alarm does: expired snippets and their bytes go, the archive is told what it must know, and what
// is past its time is forgotten. May run twice, late, or not at all: reads never depend on it.

import { limits } from '../../shared/limits.ts';
import { encodeRecord } from '../archive/record.ts';
import { recordName } from '../archive/names.ts';
import { readBodyText } from './body.ts';
import { type Change, leftChanges } from './changes.ts';
import type { Errand } from './outbox.ts';
import { readProof } from './proof.ts';
import { getNextAlarmMs } from './retention.ts';
import type { SnippetRow } from './snippets.ts';
import type { Tables } from './tables.ts';

/** Takes off what is past its time, and says what left the stack. */
export function sweepExpired(tables: Tables, nowMs: number): Change[] {
  return tables.transaction(() => {
    const { history, readCounts, requests, snippets, tickets } = tables;
    const expired = snippets.expired(nowMs);
    snippets.leave(expired, nowMs);
    snippets.eraseLeft(nowMs);
    requests.forgetOld(nowMs);
    tickets.forgetOld(nowMs);
    history.removeEnded(nowMs);
    readCounts.forgetOld(nowMs);
    return leftChanges(expired, 'expired');
  });
}

/** Whether nothing is left of the stack of a push without a key: then it goes whole. */
export function isLeftAnonymous({ accounts, snippets }: Tables): boolean {
  return accounts.require().kind === 'anonymous' && snippets.isEmpty();
}

/**
 * Tells the archive what is due, in order. Where it fails, the rest waits for the next try.
 * @throws what the archive threw, after all is noted
 */
export async function flushOutbox(
  tables: Tables,
  archive: R2Bucket,
  routingHash: string,
  nowMs: number,
): Promise<void> {
  for (let count = 0; count < limits.outboxBatch; count++) {
    const errand = tables.outbox.getDue(nowMs);
    if (!errand) return;
    try {
      // One after the other on purpose: records reach the archive in the order of their numbers.
      await runErrand(tables, archive, routingHash, errand);
    } catch (error) {
      tables.transaction(() => tables.outbox.postpone(nowMs));
      throw error;
    }
    tables.transaction(() => settle(tables, errand, nowMs));
  }
}

/** When the alarm is due next, from the data alone. */
export function getNextDueMs(tables: Tables): number | undefined {
  return getNextAlarmMs({
    expiryMs: tables.snippets.getNextExpiryMs(),
    archiveMs: tables.outbox.getNextDueMs(),
    keptEndMs: tables.snippets.getNextKeptEndMs(),
    historyEndMs: tables.history.getNextEndMs(),
    requestEndMs: tables.requests.getNextEndMs(),
  });
}

function settle({ history, outbox, snippets }: Tables, errand: Errand, nowMs: number): void {
  const isSettled = outbox.settle(errand);
  switch (errand.action) {
    case 'put':
      if (isSettled) history.add(errand.snippet);
      break;
    case 'delete':
      history.remove(errand.number);
      break;
    default:
      errand satisfies never;
  }
  snippets.eraseLeft(nowMs);
}

async function runErrand(
  tables: Tables,
  archive: R2Bucket,
  routingHash: string,
  errand: Errand,
): Promise<void> {
  const name = recordName(routingHash, errand.number);
  switch (errand.action) {
    case 'put':
      await archive.put(name, recordOf(tables, errand.snippet));
      return;
    case 'delete':
      await archive.delete(name);
      return;
    default:
      errand satisfies never;
  }
}

function recordOf({ snippets }: Tables, snippet: SnippetRow): Uint8Array {
  const description = snippets.getDescription(snippet);
  return encodeRecord(
    { ...snippet, ...readProof(snippet.proof) },
    readBodyText(snippets.textOf(snippet)),
    description ? readBodyText(description) : snippet.summary,
  );
}
