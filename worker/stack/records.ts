// What an owner does with the archive: look for records, read one, restore one, delete one, switch it off and on.

import type { Snippet as ArchivedSnippet } from '../../shared/gen/pybin_pb.js';
import { accept, refuse, type Result } from '../../shared/problem.ts';
import { type KeptFinding, plainDetails } from '../../shared/snippet.ts';
import { log } from '../log.ts';
import { countArchiveFailure } from '../metrics/isolate.ts';
import { packText } from './text.ts';
import type { Account, AccountChange } from './account.ts';
import type { Workplace } from './workplace.ts';
import { packDraft } from './draft.ts';
import type { HistoryEntry } from './history.ts';
import { type Draft, unchanged, type Written } from './push.ts';
import { readProvenance } from './proof.ts';
import { nothingHere } from './read.ts';
import type { SnippetFacts } from './snippet-row.ts';
import type { Tables } from './tables.ts';

/** A record of the archive with all of its words. */
export interface RecordAnswer {
  readonly entry: HistoryEntry;
  readonly text: string;
  readonly description: string;
  readonly findings: readonly KeptFinding[];
  readonly needs: readonly string[];
}

export interface RestoreAnswer {
  readonly userId: string;
  readonly facts: SnippetFacts;
}

const encoder = new TextEncoder();

/** Tells the archive what waits. Where it can't be told, that waits on. */
export async function flushWaiting(
  { archivist, routingHash, tables }: Workplace,
  nowMs: number,
): Promise<void> {
  if (!tables.outbox.getWaiting()) return;
  try {
    await archivist.flush('all', nowMs);
  } catch (error) {
    countArchiveFailure();
    log('error', 'archive_failed', { stack: routingHash }, error);
  }
}

/**
 * What the index has of a number, and its record; without that where R2 has it no more, undefined where nothing is
 * there. A flush may put the record elsewhere while R2 is asked: then it is looked for there.
 */
export async function findRecord(
  { archivist, tables }: Pick<Workplace, 'archivist' | 'tables'>,
  number: number,
  nowMs: number,
): Promise<{ readonly entry: HistoryEntry; readonly record: ArchivedSnippet | undefined } | undefined> {
  const { history } = tables;
  while (tables.created) {
    const entry = history.get(number, nowMs);
    const located = entry && history.locate(number);
    if (!located) return undefined;
    const record = await archivist.getRecord(located);
    if (record || (tables.created && history.locate(number)?.object === located.object))
      return { entry, record };
  }
  return undefined;
}

export async function readRecord(
  at: Workplace,
  number: number,
  nowMs: number,
): Promise<Result<RecordAnswer>> {
  const found = await findRecord(at, number, nowMs);
  if (found === undefined) return nothingHere();
  const { entry, record } = found;
  if (!record) {
    at.tables.history.markLost(number);
    return refuse(
      'lost',
      'The archive’s index has this record, and the archive has it no more. Nothing else was changed.',
    );
  }
  const findings = record.findings.map(({ tool, code, message, line, column }) => ({
    tool,
    code,
    message,
    line,
    column,
  }));
  const { text, description, needs } = record;
  return accept({ entry, text, description, findings, needs });
}

/** A record's text as a draft: what it was pushed with, for the account’s default lifetime. */
export async function draftOfRecord(
  at: Workplace,
  number: number,
  requestId: string,
  nowMs: number,
): Promise<Result<Draft>> {
  const read = await readRecord(at, number, nowMs);
  if (!read.ok) return read;
  const { entry, text, description, findings, needs } = read.value;
  const { language, fileName, visibility } = entry;
  const details = {
    ...plainDetails,
    ...readProvenance(entry.provenance),
    description,
    language,
    fileName,
    visibility,
    findings,
    needs,
  };
  return packDraft(packText(encoder.encode(text)), details, { requestId, skipDuplicate: false });
}

export function deleteRecord(tables: Tables, number: number, nowMs: number): Result<Written<null>> {
  return tables.transaction(() => {
    const { history, outbox, snippets } = tables;
    const object = history.get(number, nowMs) && history.remove(number);
    if (object === undefined) return nothingHere();
    outbox.markStale(object);
    // Replaced since, the snippet waits for a record that would bring back what is deleted here.
    const row = snippets.getStored(number);
    if (row) {
      outbox.takeBack(row);
      snippets.forgetArchiveOf(number);
    }
    return accept({ ...unchanged(null), dueMs: nowMs });
  });
}

/** Switched off, the archive hears of nothing more, also of what waits for it; the records there are stay. */
export function changeAccount(tables: Tables, change: AccountChange): Account {
  return tables.transaction(() => {
    const { accounts, outbox, snippets } = tables;
    accounts.update(change);
    if (change.isArchived === false) {
      for (const row of snippets.allWaiting()) outbox.takeBack(row);
      snippets.forgetArchive();
    }
    return accounts.require();
  });
}
