// Owns the snippets table: what lies on the stack. An expired row is never given out, alarm or no alarm.

import type { Visibility } from '../../shared/snippet.ts';
import { requireVisibility } from './account.ts';
import type { Resident } from './admission.ts';
import { CHUNKS_PER_BODY, type HeldBody, heldBodies, type HoldingRow } from './bodies.ts';
import type { Body } from './body.ts';

/** What is told of a snippet without its text. Flat: crossing from the Stack to the Worker costs by the object. */
export interface SnippetFacts {
  readonly number: number;
  /** The description's first characters. */
  readonly summary: string;
  readonly firstLine: string;
  readonly language: string;
  readonly visibility: Visibility;
  readonly fileName: string;
  /** See proof.ts. */
  readonly proof: string;
  readonly sha256: string;
  readonly textBytes: number;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

/** A row as the Stack keeps it. */
export interface SnippetRow extends SnippetFacts {
  readonly textBody: number;
  readonly textEncoding: Body['encoding'];
  /** Null where the summary is the whole description. */
  readonly descriptionBody: number | null;
  readonly descriptionEncoding: Body['encoding'] | null;
  readonly descriptionBytes: number;
}

/** What a row tells, without where its bytes lie. */
export function factsOf(row: SnippetRow): SnippetFacts {
  return {
    number: row.number,
    summary: row.summary,
    firstLine: row.firstLine,
    language: row.language,
    visibility: row.visibility,
    fileName: row.fileName,
    proof: row.proof,
    sha256: row.sha256,
    textBytes: row.textBytes,
    createdAtMs: row.createdAtMs,
    expiresAtMs: row.expiresAtMs,
  };
}

/** Which snippet is meant: the top, or the one with a number. */
export type Which = { readonly kind: 'latest' } | { readonly kind: 'number'; readonly number: number };

/** Who may see what: an owner all, a bearer of a link what isn't private, a stranger what is public. */
export type Sight = 'owner' | 'link' | 'stranger';

const VISIBLE: Record<Sight, string> = {
  owner: "visibility IN ('public', 'unlisted', 'private')",
  link: "visibility IN ('public', 'unlisted')",
  stranger: "visibility = 'public'",
};

export class Snippets {
  readonly #sql: SqlStorage;
  /** Kept in step by the methods here, which alone write: every push asks for all of them. */
  #residents: readonly Resident[] | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  get(which: Which, sight: Sight, nowMs: number): SnippetRow | undefined {
    const [row] = this.#select<Columns>('*', which, sight, nowMs);
    return row && fromColumns(row);
  }

  /**
   * A snippet together with the first chunk of its text, in one query: most texts have no other, and a
   * second query would cost a read as much as the first. The chunk is null where the text is empty.
   */
  getWithFirstChunk(
    which: Which,
    sight: Sight,
    nowMs: number,
  ): { row: SnippetRow; firstChunk: ArrayBuffer | null } | undefined {
    const firstChunk = `(SELECT bytes FROM chunks WHERE id = text_body * ${CHUNKS_PER_BODY}) AS first_chunk`;
    const [row] = this.#select<Columns & { first_chunk: ArrayBuffer | null }>(
      `*, ${firstChunk}`,
      which,
      sight,
      nowMs,
    );
    return row && { row: fromColumns(row), firstChunk: row.first_chunk };
  }

  /** Newest first. */
  list(nowMs: number): SnippetRow[] {
    return this.#sql
      .exec<Columns>('SELECT * FROM snippets WHERE expires_at > ? ORDER BY number DESC', nowMs)
      .toArray()
      .map(fromColumns);
  }

  /** All that is stored, expired or not: what admission judges. */
  residents(): readonly Resident[] {
    this.#residents ??= this.#sql
      .exec<{ number: number; sizeBytes: number; expiresAtMs: number }>(
        `SELECT number, text_bytes + description_bytes AS sizeBytes, expires_at AS expiresAtMs FROM snippets`,
      )
      .toArray();
    return this.#residents;
  }

  /** A transaction was undone: what was kept in mind of it is not true. */
  forget(): void {
    this.#residents = undefined;
  }

  add(row: SnippetRow): void {
    const { number, textBytes, descriptionBytes, expiresAtMs } = row;
    this.#residents = [...this.residents(), { number, sizeBytes: textBytes + descriptionBytes, expiresAtMs }];
    this.#sql.exec(
      `INSERT INTO snippets (number, text_body, text_encoding, text_bytes, summary, first_line, description_body,
         description_encoding, description_bytes, sha256, language, visibility, file_name, proof,
         created_at, expires_at)
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
  }

  /** Takes rows off and names the bodies they held. */
  remove(numbers: readonly number[]): HeldBody[] {
    this.#residents = this.residents().filter(({ number }) => !numbers.includes(number));
    return numbers.flatMap((number) =>
      heldBodies(
        this.#sql
          .exec<HoldingRow>(
            'DELETE FROM snippets WHERE number = ? RETURNING number, text_body, description_body',
            number,
          )
          .toArray(),
      ),
    );
  }

  /** Takes off what has expired and names the bodies it held. */
  removeExpired(nowMs: number): HeldBody[] {
    this.#residents = this.residents().filter(({ expiresAtMs }) => expiresAtMs > nowMs);
    return heldBodies(
      this.#sql
        .exec<HoldingRow>(
          'DELETE FROM snippets WHERE expires_at <= ? RETURNING number, text_body, description_body',
          nowMs,
        )
        .toArray(),
    );
  }

  #select<Row extends Columns>(columns: string, which: Which, sight: Sight, nowMs: number): Row[] {
    const from = `SELECT ${columns} FROM snippets WHERE expires_at > ? AND ${VISIBLE[sight]}`;
    const cursor =
      which.kind === 'latest'
        ? this.#sql.exec<Row>(`${from} ORDER BY number DESC LIMIT 1`, nowMs)
        : this.#sql.exec<Row>(`${from} AND number = ?`, nowMs, which.number);
    return cursor.toArray();
  }

  getNextExpiryMs(): number | undefined {
    const row = this.#sql.exec<{ next: number | null }>('SELECT min(expires_at) AS next FROM snippets').one();
    return row.next ?? undefined;
  }
}

type Columns = {
  number: number;
  text_body: number;
  text_encoding: string;
  text_bytes: number;
  summary: string;
  first_line: string;
  description_body: number | null;
  description_encoding: string | null;
  description_bytes: number;
  sha256: string;
  language: string;
  visibility: string;
  file_name: string;
  proof: string;
  created_at: number;
  expires_at: number;
};

function fromColumns(row: Columns): SnippetRow {
  return {
    number: row.number,
    summary: row.summary,
    firstLine: row.first_line,
    language: row.language,
    visibility: requireVisibility(row.visibility),
    fileName: row.file_name,
    proof: row.proof,
    sha256: row.sha256,
    createdAtMs: row.created_at,
    expiresAtMs: row.expires_at,
    textBody: row.text_body,
    textEncoding: toEncoding(row.text_encoding),
    textBytes: row.text_bytes,
    descriptionBody: row.description_body,
    descriptionEncoding: row.description_encoding === null ? null : toEncoding(row.description_encoding),
    descriptionBytes: row.description_bytes,
  };
}

function toEncoding(text: string): Body['encoding'] {
  return text === 'gzip' ? 'gzip' : 'identity';
}
