// Replacing what is given of a snippet, in one transaction. Its number, and so its link, stays.

import { accept, refuse, type Result } from '../../shared/problem.ts';
import type { Visibility } from '../../shared/snippet.ts';
import type { PackedText } from './text.ts';
import { leaversFor } from './admission.ts';
import type { Body } from './body.ts';
import { leftChanges } from './changes.ts';
import { archiveDueAtMs } from './outbox.ts';
import { aliasTaken, unchanged, type Written } from './push.ts';
import { nothingHere } from './read.ts';
import { emptyProof } from './proof.ts';
import { otherRequest, type RememberedFacts, withoutProof } from './requests.ts';
import { firstDueMs } from './retention.ts';
import { factsOf, type SnippetFacts, type SnippetRow } from './snippet-row.ts';
import type { Tables } from './tables.ts';

/** What is undefined stays as it is. */
export interface Update {
  readonly number: number;
  readonly text: UpdatedText | undefined;
  readonly description: UpdatedDescription | undefined;
  readonly language: string | undefined;
  readonly visibility: Visibility | undefined;
  /** A new lifetime, counted from now. */
  readonly ttlSeconds: number | undefined;
  /** Empty takes it away. */
  readonly alias: string | undefined;
  /** Refused where the snippet's revision is another. */
  readonly revision: number | undefined;
  /** Refused where the text is none of these, by their SHA-256 in hex. */
  readonly texts: readonly string[] | undefined;
  /** Empty: an update that is never retried. */
  readonly requestId: string;
}

export interface UpdatedText extends PackedText {
  /** Empty: it stays as it is. */
  readonly fileName: string;
  /** See proof.ts. */
  readonly proof: string;
}

export interface UpdatedDescription {
  readonly summary: string;
  /** The whole, where it is longer than its summary. */
  readonly body: Body | undefined;
  readonly sizeBytes: number;
}

export interface UpdateAnswer extends SnippetFacts {
  readonly userId: string;
  /** How often others have read it. */
  readonly readCount: number;
}

/** @param device the name of the key that replaces; empty where none does */
export function updateSnippet(
  tables: Tables,
  update: Update,
  device: string,
  nowMs: number,
): Result<Written<UpdateAnswer>> {
  return tables.transaction(() => {
    const { accounts, history, outbox, readCounts, requests, snippets } = tables;
    const account = accounts.require();
    const { userId } = account;
    const first = requests.getAnswer(update.requestId, nowMs);
    const { number } = update;
    const readCount = readCounts.totalOf(number);
    if (first && !(first.kind === 'updated' && first.facts.number === number)) return otherRequest();
    if (first && !isSameText(first.facts, update)) return otherRequest();
    if (first) {
      const now = snippets.get({ kind: 'number', number }, 'owner', nowMs);
      // Of another text by now, its proof says nothing of the one that was answered with.
      const kept = now?.sha256 === first.facts.sha256 ? now.proof : emptyProof;
      const proof = update.text?.proof ?? kept;
      return accept(unchanged({ ...first.facts, proof, userId, readCount }));
    }

    const old = snippets.get({ kind: 'number', number }, 'owner', nowMs);
    if (!old) return nothingHere();
    if (isStale(old, update))
      return refuse('stale', `It is at revision ${old.revision}. Read it again, then decide.`);
    const burns = old.readsLeft > 0;
    if (burns && update.visibility !== undefined && update.visibility !== 'unlisted')
      return refuse('invalid_argument', 'A snippet that burns is unlisted: it is read by its link.', {
        field: 'visibility',
      });
    const alias = update.alias ?? old.alias;
    if (alias !== '' && snippets.hasAlias(alias, number, nowMs)) return aliasTaken(alias);

    const visibility = update.visibility ?? old.visibility;
    const row: SnippetRow = {
      ...old,
      revision: old.revision + 1,
      visibility,
      alias,
      language: update.language ?? old.language,
      updatedAtMs: nowMs,
      device,
      expiresAtMs: update.ttlSeconds === undefined ? old.expiresAtMs : nowMs + update.ttlSeconds * 1000,
      archiveDueAtMs: archiveDueAtMs(account, { visibility, readsLeft: old.readsLeft }, nowMs),
      ...(update.text && textColumns(update.text, old)),
      ...(update.description && descriptionColumns(update.description)),
    };
    const others = snippets.residents().filter((resident) => resident.number !== number);
    const leavers = leaversFor(others, row.textBytes + row.descriptionBytes, nowMs);
    snippets.leave([...leavers.expired, ...leavers.pushedOut], nowMs);
    snippets.replace(row, update.text?.bytes, update.description?.body?.bytes);
    // The record follows: a newer one takes its place when the archive has it, and what became private is taken out.
    outbox.takeBack(old);
    const object = visibility === 'private' ? history.remove(number) : undefined;
    if (object !== undefined) outbox.markStale(object);
    const facts = factsOf(row);
    requests.remember(update.requestId, { kind: 'updated', facts: withoutProof(facts) }, nowMs);
    return accept({
      answer: { ...facts, userId, readCount },
      changes: [
        ...leftChanges(leavers.expired, 'expired'),
        ...leftChanges(leavers.pushedOut, 'pushedOut'),
        { kind: 'replaced', facts, readCount },
      ],
      dueMs: row.archiveDueAtMs === null ? nowMs : firstDueMs(row),
    });
  });
}

/** Whether an update asks for the text that was stored; one that gives none does. */
function isSameText({ sha256 }: RememberedFacts, { text }: Update): boolean {
  return text === undefined || text.sha256 === sha256;
}

function isStale(row: SnippetRow, { revision, texts }: Update): boolean {
  if (revision !== undefined && revision !== row.revision) return true;
  return texts !== undefined && !texts.includes(row.sha256);
}

function textColumns(text: UpdatedText, old: SnippetRow) {
  return {
    textEncoding: text.encoding,
    textBytes: text.sizeBytes,
    storedBytes: text.bytes.byteLength,
    sha256: text.sha256,
    firstLine: text.firstLine,
    // A text that came without a name is still that file's.
    fileName: text.fileName || old.fileName,
    proof: text.proof,
  } satisfies Partial<SnippetRow>;
}

function descriptionColumns({ summary, body, sizeBytes }: UpdatedDescription) {
  return {
    summary,
    descriptionEncoding: body?.encoding ?? null,
    descriptionBytes: sizeBytes,
  } satisfies Partial<SnippetRow>;
}
