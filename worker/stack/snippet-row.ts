// A snippet's row: what is told of it, how it is kept, and its columns. Pure.

import type { Visibility } from '../../shared/snippet.ts';
import { requireVisibility } from './account.ts';
import type { Body } from './body.ts';

/** What is told of a snippet without its text. Flat: crossing from the Stack to the Worker costs by the object. */
export interface SnippetFacts {
  readonly number: number;
  /** From 1, rising with each replacement. */
  readonly revision: number;
  /** The description's first characters. */
  readonly summary: string;
  readonly firstLine: string;
  readonly language: string;
  readonly visibility: Visibility;
  readonly fileName: string;
  /** See proof.ts. */
  readonly proof: string;
  /** Empty where it has none. */
  readonly alias: string;
  /** How many more may read it before it is gone; 0 where reading leaves it. */
  readonly readsLeft: number;
  readonly sha256: string;
  readonly textBytes: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly expiresAtMs: number;
  /** The name of the key that pushed or last replaced it; empty where none did. For its owner only. */
  readonly device: string;
}

/** A row as the Stack keeps it. */
export interface SnippetRow extends SnippetFacts {
  readonly textEncoding: Body['encoding'];
  /** Size of the text as stored. */
  readonly storedBytes: number;
  /** Null where the summary is the whole description. */
  readonly descriptionEncoding: Body['encoding'] | null;
  readonly descriptionBytes: number;
  /** When the archive is to be told; null where it has nothing to hear. */
  readonly archiveDueAtMs: number | null;
}

/** What a row tells, without how it is stored. */
export function factsOf(row: SnippetFacts): SnippetFacts {
  return {
    number: row.number,
    revision: row.revision,
    summary: row.summary,
    firstLine: row.firstLine,
    language: row.language,
    visibility: row.visibility,
    fileName: row.fileName,
    proof: row.proof,
    alias: row.alias,
    readsLeft: row.readsLeft,
    sha256: row.sha256,
    textBytes: row.textBytes,
    createdAtMs: row.createdAtMs,
    updatedAtMs: row.updatedAtMs,
    expiresAtMs: row.expiresAtMs,
    device: row.device,
  };
}

/** All columns of a row but the head of its text, in the order of {@link toColumns}. */
export const COLUMNS = `number, revision, text_encoding, text_bytes, stored_bytes, summary, first_line,
  description_encoding, description_bytes, sha256, language, visibility, file_name, proof, alias, reads_left,
  created_at, updated_at, expires_at, archive_due_at, device`;

/** A row as SQLite gives it. */
export type Columns = {
  number: number;
  revision: number;
  text_encoding: string;
  text_bytes: number;
  stored_bytes: number;
  summary: string;
  first_line: string;
  description_encoding: string | null;
  description_bytes: number;
  sha256: string;
  language: string;
  visibility: string;
  file_name: string;
  proof: string;
  alias: string | null;
  reads_left: number | null;
  created_at: number;
  updated_at: number;
  expires_at: number;
  archive_due_at: number | null;
  device: string;
};

export function fromColumns(row: Columns): SnippetRow {
  return {
    number: row.number,
    revision: row.revision,
    textEncoding: toEncoding(row.text_encoding),
    textBytes: row.text_bytes,
    storedBytes: row.stored_bytes,
    summary: row.summary,
    firstLine: row.first_line,
    descriptionEncoding: row.description_encoding === null ? null : toEncoding(row.description_encoding),
    descriptionBytes: row.description_bytes,
    sha256: row.sha256,
    language: row.language,
    visibility: requireVisibility(row.visibility),
    fileName: row.file_name,
    proof: row.proof,
    alias: row.alias ?? '',
    readsLeft: row.reads_left ?? 0,
    createdAtMs: row.created_at,
    updatedAtMs: row.updated_at,
    expiresAtMs: row.expires_at,
    archiveDueAtMs: row.archive_due_at,
    device: row.device,
  };
}

/** In the order of {@link COLUMNS}. */
export function toColumns(row: SnippetRow): (string | number | null)[] {
  return [
    row.number,
    row.revision,
    row.textEncoding,
    row.textBytes,
    row.storedBytes,
    row.summary,
    row.firstLine,
    row.descriptionEncoding,
    row.descriptionBytes,
    row.sha256,
    row.language,
    row.visibility,
    row.fileName,
    row.proof,
    row.alias === '' ? null : row.alias,
    row.readsLeft === 0 ? null : row.readsLeft,
    row.createdAtMs,
    row.updatedAtMs,
    row.expiresAtMs,
    row.archiveDueAtMs,
    row.device,
  ];
}

function toEncoding(text: string): Body['encoding'] {
  return text === 'gzip' ? 'gzip' : 'identity';
}
