// Owns the history and history_words tables: the index of the archive. A row means that R2 has the record.

import { firstNumberOf } from '../archive/names.ts';
import type { RecordPlace } from '../archive/pack.ts';
import { limits } from '../../shared/limits.ts';
import type { Visibility } from '../../shared/snippet.ts';
import { requireVisibility } from './account.ts';
import { provenanceOf } from './proof.ts';
import type { SnippetRow } from './snippet-row.ts';

/** What the index tells of a record. */
export interface HistoryEntry {
  readonly number: number;
  readonly summary: string;
  readonly language: string;
  readonly fileName: string;
  readonly firstLine: string;
  readonly visibility: Visibility;
  readonly textBytes: number;
  readonly createdAtMs: number;
  readonly endsAtMs: number;
  /** Whether the record was asked for and R2 had it no more. */
  readonly isLost: boolean;
  /** By what it was found clean and where it came from: see proof.ts. */
  readonly provenance: string;
}

/** Where a record lies in R2. */
export interface Located {
  readonly object: string;
  /** Undefined: it is all of its object. */
  readonly place: RecordPlace | undefined;
}

/** What the search finds a record by. */
export interface Words {
  readonly description: string;
  readonly text: string;
}

export interface HistoryQuery {
  /** At most so many. */
  readonly limit: number;
  /** Only those with a lower number; undefined: from the newest. */
  readonly beforeNumber: number | undefined;
  /** Words, or what SQLite's full-text search takes as operators; empty: all. */
  readonly words: string;
  /** Empty: any. */
  readonly language: string;
  readonly startMs: number;
  /** Exclusive. */
  readonly endMs: number;
}

const ENTRY = `number, summary, language, file_name, first_line, visibility, text_bytes, created_at, ends_at, lost,
  provenance`;

export class History {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** R2 has the record of a snippet, until then. Gives the object that had an older one. */
  add(snippet: SnippetRow, words: Words, { object, place }: Located, endsAtMs: number): string | undefined {
    const older = this.remove(snippet.number);
    this.#sql.exec(
      `INSERT INTO history (number, summary, language, file_name, first_line, visibility, text_bytes, created_at,
         ends_at, object, record_offset, record_bytes, provenance)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      snippet.number,
      snippet.summary,
      snippet.language,
      snippet.fileName,
      snippet.firstLine,
      snippet.visibility,
      snippet.textBytes,
      snippet.createdAtMs,
      endsAtMs,
      object,
      place?.offset ?? 0,
      place?.sizeBytes ?? null,
      provenanceOf(snippet.proof),
    );
    this.#sql.exec(
      'INSERT INTO history_words (rowid, description, file_name, body) VALUES (?, ?, ?, ?)',
      snippet.number,
      words.description,
      snippet.fileName,
      words.text,
    );
    return older;
  }

  /** Forgets a record. Gives the object that it lies in. */
  remove(number: number): string | undefined {
    const [removed] = this.#sql
      .exec<{ object: string }>('DELETE FROM history WHERE number = ? RETURNING object', number)
      .toArray();
    if (removed) this.#sql.exec('DELETE FROM history_words WHERE rowid = ?', number);
    return removed?.object;
  }

  get(number: number, nowMs: number): HistoryEntry | undefined {
    return this.#sql
      .exec<Columns>(`SELECT ${ENTRY} FROM history WHERE number = ? AND ends_at > ?`, number, nowMs)
      .toArray()
      .map(toEntry)[0];
  }

  /** Where a record lies; undefined where the index doesn't have it. */
  locate(number: number): Located | undefined {
    return this.#sql
      .exec<Location>(
        'SELECT number, object, record_offset, record_bytes FROM history WHERE number = ?',
        number,
      )
      .toArray()
      .map(toLocated)[0];
  }

  /** Newest first. Words that aren't a query of the full-text search are taken as they are. */
  list(query: HistoryQuery, nowMs: number): HistoryEntry[] {
    if (query.words === '') return this.#list(query, nowMs, '');
    try {
      return this.#list(query, nowMs, query.words);
    } catch (error) {
      const plain = toPlainWords(query.words);
      if (plain === query.words) throw error;
      return plain === '' ? [] : this.#list(query, nowMs, plain);
    }
  }

  markLost(number: number): void {
    this.#sql.exec('UPDATE history SET lost = 1 WHERE number = ?', number);
  }

  /** The records that an object has by the index, in the order in which they lie there. */
  recordsIn(object: string): { readonly number: number; readonly place: RecordPlace | undefined }[] {
    const first = firstNumberOf(object);
    return this.#sql
      .exec<Location>(
        `SELECT number, object, record_offset, record_bytes FROM history
         WHERE number >= ? AND number < ? AND object = ? ORDER BY record_offset`,
        first,
        first + limits.pack.records,
        object,
      )
      .toArray()
      .map((row) => ({ number: row.number, place: toLocated(row).place }));
  }

  /** A record lies elsewhere now. False where it is gone, or lies somewhere else already. */
  move(number: number, from: string, object: string, place: RecordPlace): boolean {
    const moved = this.#sql.exec(
      `UPDATE history SET object = ?, record_offset = ?, record_bytes = ? WHERE number = ? AND object = ?
       RETURNING number`,
      object,
      place.offset,
      place.sizeBytes,
      number,
      from,
    );
    return moved.toArray().length > 0;
  }

  /** Forgets what is past its year, some at a time. Gives the objects that it lay in. */
  removeEnded(nowMs: number): string[] {
    const ended = this.#sql
      .exec<{ number: number }>(
        `SELECT number FROM (SELECT number, ends_at FROM history ORDER BY number LIMIT ?) WHERE ends_at <= ?`,
        limits.pack.records,
        nowMs,
      )
      .toArray();
    return ended.map(({ number }) => this.remove(number)).filter((object) => object !== undefined);
  }

  /** Numbers rise with time, so what was pushed first ends first. */
  getNextEndMs(): number | undefined {
    const [row] = this.#sql
      .exec<{ ends_at: number }>('SELECT ends_at FROM history ORDER BY number LIMIT 1')
      .toArray();
    return row?.ends_at;
  }

  count(): number {
    return this.#sql.exec<{ count: number }>('SELECT count(*) AS count FROM history').one().count;
  }

  #list(query: HistoryQuery, nowMs: number, words: string): HistoryEntry[] {
    const isSearch = words !== '';
    const from = isSearch
      ? 'history_words JOIN history ON number = history_words.rowid WHERE history_words MATCH ? AND'
      : 'history WHERE';
    const columns = isSearch ? ENTRY.replaceAll(/(file_name)/g, 'history.$1') : ENTRY;
    // The search gives its hits by their row ids: in their order it need not find all of them.
    const number = isSearch ? 'history_words.rowid' : 'number';
    return this.#sql
      .exec<Columns>(
        `SELECT ${columns} FROM ${from} ${number} < ? AND ends_at > ? AND created_at >= ? AND created_at < ?
           AND (? = '' OR language = ?) ORDER BY ${number} DESC LIMIT ?`,
        ...(isSearch ? [words] : []),
        query.beforeNumber ?? Number.MAX_SAFE_INTEGER,
        nowMs,
        query.startMs,
        query.endMs,
        query.language,
        query.language,
        query.limit,
      )
      .toArray()
      .map(toEntry);
  }
}

/** Each word quoted, so that nothing in it is an operator. */
function toPlainWords(words: string): string {
  return words
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .map((word) => `"${word.replaceAll('"', '""')}"`)
    .join(' ');
}

type Columns = {
  number: number;
  summary: string;
  language: string;
  file_name: string;
  first_line: string;
  visibility: string;
  text_bytes: number;
  created_at: number;
  ends_at: number;
  lost: number;
  provenance: string;
};

type Location = { number: number; object: string; record_offset: number; record_bytes: number | null };

function toEntry(row: Columns): HistoryEntry {
  return {
    number: row.number,
    summary: row.summary,
    language: row.language,
    fileName: row.file_name,
    firstLine: row.first_line,
    visibility: requireVisibility(row.visibility),
    textBytes: row.text_bytes,
    createdAtMs: row.created_at,
    endsAtMs: row.ends_at,
    isLost: row.lost === 1,
    provenance: row.provenance,
  };
}

function toLocated({ object, record_offset: offset, record_bytes: sizeBytes }: Location): Located {
  return { object, place: sizeBytes === null ? undefined : { offset, sizeBytes } };
}
