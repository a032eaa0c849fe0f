// A storage at version 1 of the schema, filled by SQL with what that version stored: the past that must stay readable.

import { hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Visibility } from '../../../shared/snippet.ts';
import { migrate } from '../../../worker/stack/schema.ts';

const encoder = new TextEncoder();

/** How version 1 cut bytes. */
const CHUNK_BYTES = 1024 * 1024;
const CHUNKS_PER_BODY = 16;

export interface OldSnippet {
  readonly number: number;
  readonly text: string;
  readonly encoding: 'identity' | 'gzip';
  readonly description: string;
  readonly visibility: Visibility;
  readonly language: string;
  readonly fileName: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** Whether it lies on the stack; where not, only the archive waits for it. */
  readonly isOnStack: boolean;
  /** When the archive was to be told; undefined: it knows, or never hears. */
  readonly archiveDueAtMs: number | undefined;
  /** Empty where its push can't be retried. */
  readonly requestId: string;
}

export interface OldStorage {
  readonly userId: string;
  readonly keyHash: Uint8Array;
  readonly createdAtMs: number;
  readonly lastNumber: number;
  readonly snippets: readonly OldSnippet[];
  /** Numbers whose records the archive is to delete. */
  readonly removals: readonly number[];
  /** Numbers whose records the archive has. */
  readonly history: readonly number[];
}

export const oldProof = JSON.stringify({
  findings: [{ tool: 'Ruff', code: 'F401', message: '"os" is \'unused\'\n', line: 1, column: 8 }],
  needs: ['np'],
});

/** What lists show of a description. */
export function summaryOf({ description }: Pick<OldSnippet, 'description'>): string {
  return description.slice(0, 200);
}

/** Fills an empty storage as version 1 did. */
export function fillVersion1({ sql }: DurableObjectStorage, old: OldStorage): void {
  migrate(sql, 1);
  sql.exec(
    `INSERT INTO account (singleton, user_id, default_visibility, last_number, last_body, created_at)
     VALUES (1, ?, 'public', ?, ?, ?)`,
    old.userId,
    old.lastNumber,
    2 * old.lastNumber,
    old.createdAtMs,
  );
  sql.exec(
    "INSERT INTO keys (number, secret_hash, scope, name, created_at) VALUES (1, ?, 'write', 'local sign-in', ?)",
    old.keyHash,
    old.createdAtMs,
  );
  for (const snippet of old.snippets) addSnippet(sql, snippet);
  for (const number of old.removals)
    sql.exec(
      "INSERT INTO outbox (number, action, due_at, attempts) VALUES (?, 'delete', ?, 0)",
      number,
      old.createdAtMs,
    );
  for (const number of old.history)
    sql.exec(
      `INSERT INTO history (number, summary, language, file_name, text_bytes, created_at, ends_at)
       VALUES (?, ?, '', '', 1, ?, ?)`,
      number,
      `history of ${number}`,
      old.createdAtMs,
      old.createdAtMs + 365 * 86_400_000,
    );
}

function addSnippet(sql: SqlStorage, snippet: OldSnippet): void {
  const { number } = snippet;
  const summary = summaryOf(snippet);
  const isLong = summary !== snippet.description;
  const row = {
    number,
    summary,
    firstLine: snippet.text.slice(0, 80),
    language: snippet.language,
    visibility: snippet.visibility,
    fileName: snippet.fileName,
    proof: oldProof,
    sha256: hash('sha256', snippet.text, 'hex'),
    createdAtMs: snippet.createdAtMs,
    expiresAtMs: snippet.expiresAtMs,
    textBody: 2 * number - 1,
    textEncoding: snippet.encoding,
    textBytes: encoder.encode(snippet.text).byteLength,
    descriptionBody: isLong ? 2 * number : null,
    descriptionEncoding: isLong ? snippet.encoding : null,
    descriptionBytes: encoder.encode(snippet.description).byteLength,
  };
  putBody(sql, row.textBody, pack(snippet.text, snippet.encoding));
  if (isLong) putBody(sql, 2 * number, pack(snippet.description, snippet.encoding));
  if (snippet.isOnStack)
    sql.exec(
      `INSERT INTO snippets (number, text_body, text_encoding, text_bytes, summary, first_line, description_body,
         description_encoding, description_bytes, sha256, language, visibility, file_name, proof, created_at, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      row.number,
      row.textBody,
      row.textEncoding,
      row.textBytes,
      row.summary,
      row.firstLine,
      row.descriptionBody,
      row.descriptionEncoding,
      row.descriptionBytes,
      row.sha256,
      row.language,
      row.visibility,
      row.fileName,
      row.proof,
      row.createdAtMs,
      row.expiresAtMs,
    );
  if (snippet.archiveDueAtMs !== undefined)
    sql.exec(
      `INSERT INTO outbox (number, action, snippet, text_body, description_body, due_at, attempts)
       VALUES (?, 'put', ?, ?, ?, ?, 0)`,
      number,
      JSON.stringify(row),
      row.textBody,
      row.descriptionBody,
      snippet.archiveDueAtMs,
    );
  if (snippet.requestId !== '')
    sql.exec(
      'INSERT INTO requests (request_id, answer, created_at) VALUES (?, ?, ?)',
      snippet.requestId,
      JSON.stringify(row),
      snippet.createdAtMs,
    );
}

function pack(text: string, encoding: OldSnippet['encoding']): Uint8Array {
  const utf8 = encoder.encode(text);
  return encoding === 'gzip' ? gzipSync(utf8, { level: 1 }) : utf8;
}

function putBody(sql: SqlStorage, body: number, bytes: Uint8Array): void {
  let id = body * CHUNKS_PER_BODY;
  for (let start = 0; start < bytes.byteLength; start += CHUNK_BYTES)
    sql.exec('INSERT INTO chunks (id, bytes) VALUES (?, ?)', id++, bytes.slice(start, start + CHUNK_BYTES));
}
