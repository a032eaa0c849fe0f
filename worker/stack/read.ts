// Reading a snippet from the tables: what a reader may see, and no bytes that the reader has already.

import { accept, refuse, type Refusal, type Result } from '../../shared/problem.ts';
import type { Body } from './body.ts';
import { checkedWith } from './proof.ts';
import { factsOf, type SnippetFacts, type SnippetRow } from './snippet-row.ts';
import type { Sight, Which } from './snippets.ts';
import type { Tables } from './tables.ts';

export interface ReadRequest {
  readonly which: Which;
  /** SHA-256 in hex of texts that the reader has: such a text isn't sent again. `all`: only asks what there is. */
  readonly known: readonly string[] | 'all';
  /** Whoever asks gives the answer to many, and tells later to how many. */
  readonly isCountedByAsker?: boolean;
}

/** What one reads of a snippet. Flat and no more than is shown: crossing to the Worker costs by the field. */
export interface ReadAnswer extends Pick<
  SnippetRow,
  | 'number'
  | 'fileName'
  | 'summary'
  | 'language'
  | 'visibility'
  | 'sha256'
  | 'updatedAtMs'
  | 'expiresAtMs'
  | 'storedBytes'
  | 'readsLeft'
> {
  readonly encoding: Body['encoding'];
  readonly sizeBytes: number;
  /** What everybody may see of the proof: see proof.ts. */
  readonly checkedWith: string;
  /** Absent where the reader has the text. */
  readonly bytes?: Uint8Array;
}

/** A snippet with all of its words. */
export interface WholeAnswer {
  readonly userId: string;
  readonly facts: SnippetFacts;
  /** How often others have read it. */
  readonly readCount: number;
  readonly text: Body;
  /** Absent where the row's summary is all of it. */
  readonly description?: Body;
}

/** What is found of a row together with the head of its text. */
export interface Found {
  readonly row: SnippetRow;
  readonly head: Uint8Array;
}

/** A snippet's text. A burning one is given to its owner only: others take a read of it (take.ts). */
export function readText(
  tables: Tables,
  request: ReadRequest,
  sight: Sight,
  nowMs: number,
): Result<ReadAnswer> {
  const found = tables.created ? tables.snippets.getWithHead(request.which, sight, nowMs) : undefined;
  if (!found) return nothingHere();
  if (found.row.readsLeft > 0 && sight !== 'owner') return burning();
  if (request.known === 'all' || request.known.includes(found.row.sha256))
    return accept(headAnswer(found.row));
  return accept(textAnswer(tables, found));
}

/** What there is of a snippet, with its text. */
export function textAnswer(tables: Tables, { row, head }: Found): ReadAnswer {
  return { ...headAnswer(row), bytes: tables.snippets.textAfter(row, head) };
}

function headAnswer(row: SnippetRow): ReadAnswer {
  return {
    number: row.number,
    fileName: row.fileName,
    summary: row.summary,
    language: row.language,
    visibility: row.visibility,
    sha256: row.sha256,
    updatedAtMs: row.updatedAtMs,
    expiresAtMs: row.expiresAtMs,
    storedBytes: row.storedBytes,
    readsLeft: row.readsLeft,
    encoding: row.textEncoding,
    sizeBytes: row.textBytes,
    checkedWith: checkedWith(row.proof),
  };
}

export function readWhole(tables: Tables, which: Which, nowMs: number): Result<WholeAnswer> {
  const row = tables.snippets.get(which, 'owner', nowMs);
  return row ? accept(wholeAnswer(tables, row)) : nothingHere();
}

export function wholeAnswer({ accounts, readCounts, snippets }: Tables, row: SnippetRow): WholeAnswer {
  const description = snippets.getDescription(row);
  return {
    userId: accounts.require().userId,
    facts: factsOf(row),
    readCount: readCounts.totalOf(row.number),
    text: snippets.textOf(row),
    ...(description && { description }),
  };
}

/** Unknown, expired and not-yours look the same from outside. */
export function nothingHere(): Refusal {
  return refuse('not_found', 'It was never here, or its time is over, or it is not for you to see.');
}

function burning(): Refusal {
  return refuse('burning', 'It is gone after being read. To read it: curl -X POST …/s/{id}/reveal');
}
