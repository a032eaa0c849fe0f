// Pushing onto the tables, in one transaction: replay or admit, write the row, its chunks and its outbox row.

import type { Visibility } from '../../shared/snippet.ts';
import { leavers } from './admission.ts';
import type { Body } from './body.ts';
import { factsOf, type SnippetFacts, type SnippetRow } from './snippets.ts';
import type { Tables } from './tables.ts';

/** A draft as it comes to the Stack: checked, counted and packed by the Worker. Flat, like what comes back. */
export interface Draft {
  /** The text, packed. */
  readonly bytes: Uint8Array;
  readonly encoding: Body['encoding'];
  /** Size of the text before it was packed. */
  readonly sizeBytes: number;
  /** SHA-256 of the text, in hex. */
  readonly sha256: string;
  readonly firstLine: string;
  /** The description's first characters. */
  readonly summary: string;
  /** The whole description, where it is longer than its summary. */
  readonly description: Body | undefined;
  readonly descriptionBytes: number;
  readonly language: string;
  /** Undefined: as the account's default says. */
  readonly visibility: Visibility | undefined;
  readonly ttlSeconds: number;
  readonly fileName: string;
  /** See proof.ts. */
  readonly proof: string;
  /** Empty: a push that is never retried. */
  readonly requestId: string;
}

/** What was pushed, without its text. */
export interface PushAnswer extends SnippetFacts {
  readonly userId: string;
}

/** Puts a draft on top. The same request id within 24 hours gives the first answer and changes nothing. */
export function pushDraft(tables: Tables, draft: Draft, nowMs: number): PushAnswer {
  return tables.transaction(() => {
    const first = draft.requestId && tables.requests.getAnswer(draft.requestId, nowMs);
    if (first) return { userId: tables.accounts.require().userId, ...factsOf(first) };

    const newBytes = draft.sizeBytes + draft.descriptionBytes;
    const leaving = leavers(tables.snippets.residents(), newBytes, nowMs);
    if (leaving.length > 0) tables.bodies.deleteUnheld(tables.snippets.remove(leaving));

    const { userId, defaultVisibility, number, textBody, descriptionBody } = tables.accounts.takeNumber();
    const row: SnippetRow = {
      number,
      summary: draft.summary,
      firstLine: draft.firstLine,
      language: draft.language,
      visibility: draft.visibility ?? defaultVisibility,
      fileName: draft.fileName,
      proof: draft.proof,
      sha256: draft.sha256,
      createdAtMs: nowMs,
      expiresAtMs: nowMs + draft.ttlSeconds * 1000,
      textBody,
      textEncoding: draft.encoding,
      textBytes: draft.sizeBytes,
      descriptionBody: draft.description ? descriptionBody : null,
      descriptionEncoding: draft.description?.encoding ?? null,
      descriptionBytes: draft.descriptionBytes,
    };
    tables.bodies.put(textBody, draft.bytes);
    if (draft.description) tables.bodies.put(descriptionBody, draft.description.bytes);
    tables.snippets.add(row);
    // Private by choice means: nowhere but on the stack.
    if (row.visibility !== 'private') tables.outbox.put(row, nowMs);
    if (draft.requestId) tables.requests.remember(draft.requestId, row, nowMs);
    return { userId, ...factsOf(row) };
  });
}

/** Takes a snippet off and has its record in the archive deleted. False where there is none. */
export function deleteSnippet(tables: Tables, number: number, nowMs: number): boolean {
  return tables.transaction(() => {
    if (!tables.snippets.get({ kind: 'number', number }, 'owner', nowMs)) return false;
    const bodies = tables.snippets.remove([number]);
    tables.bodies.deleteUnheld([...bodies, ...tables.outbox.delete(number, nowMs)]);
    return true;
  });
}
