// What an alarm does: expired snippets and their bytes go, the archive is told what it must know, and what
// is past its time is forgotten. May run twice, late, or not at all: reads never depend on it.

import { limits } from '../../shared/limits.ts';
import { encodeRecord } from '../archive/record.ts';
import { recordName } from '../archive/names.ts';
import { readBodyText } from './body.ts';
import type { Errand } from './outbox.ts';
import { readProof } from './proof.ts';
import { getNextAlarmMs } from './retention.ts';
import type { SnippetRow } from './snippets.ts';
import type { Tables } from './tables.ts';

export function sweepExpired(tables: Tables, nowMs: number): void {
  tables.transaction(() => {
    tables.bodies.deleteUnheld(tables.snippets.removeExpired(nowMs));
    tables.requests.forgetOld(nowMs);
    tables.outbox.endHistory(nowMs);
  });
}

/**
 * Tells the archive what is due, in order. A failed errand is postponed and the others go on.
 * @returns the errors met, for the log
 */
export async function flushOutbox(
  tables: Tables,
  archive: R2Bucket,
  routingHash: string,
  nowMs: number,
): Promise<unknown[]> {
  const errors: unknown[] = [];
  for (let count = 0; count < limits.outboxBatch; count++) {
    const errand = tables.outbox.getDue(nowMs);
    if (!errand) break;
    try {
      // One after the other on purpose: records reach the archive in the order of their numbers.
      await runErrand(tables, archive, routingHash, errand);
      tables.transaction(() => tables.bodies.deleteUnheld(tables.outbox.settle(errand)));
    } catch (error) {
      errors.push(error);
      tables.outbox.postpone(errand, nowMs);
    }
  }
  return errors;
}

/** When the alarm is due next, from the data alone. */
export function getNextDueMs(tables: Tables): number | undefined {
  return getNextAlarmMs({
    expiryMs: tables.snippets.getNextExpiryMs(),
    outboxMs: tables.outbox.getNextDueMs(),
    historyEndMs: tables.outbox.getNextHistoryEndMs(),
    requestEndMs: tables.requests.getNextEndMs(),
  });
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

function recordOf(tables: Tables, snippet: SnippetRow): Uint8Array {
  const text = readBody(tables, snippet.textBody, snippet.textEncoding);
  const description =
    snippet.descriptionBody === null || snippet.descriptionEncoding === null
      ? snippet.summary
      : readBody(tables, snippet.descriptionBody, snippet.descriptionEncoding);
  return encodeRecord({ ...snippet, ...readProof(snippet.proof) }, text, description);
}

function readBody(tables: Tables, body: number, encoding: SnippetRow['textEncoding']): string {
  const bytes = tables.bodies.read(body);
  return readBodyText({ encoding, bytes, sizeBytes: bytes.byteLength });
}
