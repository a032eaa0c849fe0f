// Reading a snippet from the tables: what a reader may see, and no bytes that the reader has already.

import { accept, refuse, type Refusal, type Result } from '../../shared/problem.ts';
import type { Body } from './body.ts';
import { factsOf, type Sight, type SnippetFacts, type SnippetRow, type Which } from './snippets.ts';
import type { Tables } from './tables.ts';

export interface ReadRequest {
  readonly which: Which;
  /** SHA-256 in hex of texts that the reader has: such a text isn't sent again. */
  readonly known: readonly string[];
}

/** What one reads of a snippet. Flat and no more than is shown: crossing to the Worker costs by the field. */
export interface ReadAnswer extends Pick<
  SnippetRow,
  'number' | 'fileName' | 'summary' | 'language' | 'visibility' | 'sha256' | 'createdAtMs' | 'expiresAtMs'
> {
  readonly encoding: Body['encoding'];
  readonly sizeBytes: number;
  /** Absent where the reader has the text. */
  readonly bytes?: Uint8Array;
}

/** A snippet with all of its words. */
export interface WholeAnswer {
  readonly userId: string;
  readonly facts: SnippetFacts;
  readonly text: Body;
  /** Absent where the row's summary is all of it. */
  readonly description?: Body;
}

export function readText(
  tables: Tables,
  request: ReadRequest,
  sight: Sight,
  nowMs: number,
): Result<ReadAnswer> {
  const found = tables.created ? tables.snippets.getWithFirstChunk(request.which, sight, nowMs) : undefined;
  if (!found) return nothingHere();
  const { row, firstChunk } = found;
  const { number, fileName, summary, language, visibility, sha256, createdAtMs, expiresAtMs } = row;
  const answer = {
    number,
    fileName,
    summary,
    language,
    visibility,
    sha256,
    createdAtMs,
    expiresAtMs,
    encoding: row.textEncoding,
    sizeBytes: row.textBytes,
  };
  if (request.known.includes(sha256)) return accept(answer);
  return accept({ ...answer, bytes: tables.bodies.readAfter(firstChunk, row.textBody) });
}

export function readWhole(tables: Tables, which: Which, sight: Sight, nowMs: number): Result<WholeAnswer> {
  const row = tables.snippets.get(which, sight, nowMs);
  if (!row) return nothingHere();
  const text = textOf(tables, row);
  const { userId } = tables.accounts.require();
  const facts = factsOf(row);
  if (row.descriptionBody === null || row.descriptionEncoding === null)
    return accept({ userId, facts, text });
  const description = {
    encoding: row.descriptionEncoding,
    bytes: tables.bodies.read(row.descriptionBody),
    sizeBytes: row.descriptionBytes,
  };
  return accept({ userId, facts, text, description });
}

/** Unknown, expired and not-yours look the same from outside. */
export function nothingHere(): Refusal {
  return refuse('not_found', 'It was never here, or its time is over, or it is not for you to see.');
}

function textOf(tables: Tables, row: SnippetRow): Body {
  return { encoding: row.textEncoding, bytes: tables.bodies.read(row.textBody), sizeBytes: row.textBytes };
}
