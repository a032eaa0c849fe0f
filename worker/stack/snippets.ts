// Owns the snippets table: what lies on the stack, and what left it but isn't archived yet.
// An expired row is never given out, alarm or no alarm.

import { limits } from '../../shared/limits.ts';
import type { Resident } from './admission.ts';
import type { Body } from './body.ts';
import { Chunks } from './chunks.ts';
import { COLUMNS, type Columns, fromColumns, type SnippetRow, toColumns } from './snippet-row.ts';

/** Which snippet is meant: the top, or the one with a number or an alias. */
export type Which =
  | { readonly kind: 'latest' }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'alias'; readonly alias: string };

/** Who may see what: an owner all, a bearer of a link what isn't private, a stranger what is public. */
export type Sight = 'owner' | 'link' | 'stranger';

const VISIBLE: Record<Sight, string> = {
  owner: "visibility IN ('public', 'unlisted', 'private')",
  link: "visibility IN ('public', 'unlisted')",
  stranger: "visibility = 'public'",
};

/** What is kept in mind of the table: every push asks for it, and only the methods here write. */
interface Memory {
  readonly residents: readonly Resident[];
  readonly lastNumber: number;
  /** Of what has left and waits for the archive. */
  readonly leftBytes: number;
}

export class Snippets {
  readonly #sql: SqlStorage;
  readonly #chunks: Chunks;
  #memory: Memory | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#chunks = new Chunks(sql);
  }

  get(which: Which, sight: Sight, nowMs: number): SnippetRow | undefined {
    return this.#select<Columns>(COLUMNS, which, sight, nowMs).map(fromColumns)[0];
  }

  /** A snippet together with the head of its text, in one query. */
  getWithHead(which: Which, sight: Sight, nowMs: number): { row: SnippetRow; head: Uint8Array } | undefined {
    const [row] = this.#select<Columns & { head: ArrayBuffer }>(`${COLUMNS}, head`, which, sight, nowMs);
    return row && { row: fromColumns(row), head: new Uint8Array(row.head) };
  }

  /** The whole text as stored, where its head is there already. */
  textAfter(row: SnippetRow, head: Uint8Array): Uint8Array {
    return head.byteLength < row.storedBytes ? this.#chunks.read(row.number, 'text', [head]) : head;
  }

  /** The text of a row, as stored. */
  textOf(row: SnippetRow): Body {
    const { head } = this.#sql
      .exec<{ head: ArrayBuffer }>('SELECT head FROM snippets WHERE number = ?', row.number)
      .one();
    const bytes = this.textAfter(row, new Uint8Array(head));
    return { encoding: row.textEncoding, bytes, sizeBytes: row.textBytes };
  }

  /** The whole description, or undefined where the row's summary is all of it. */
  getDescription(row: SnippetRow): Body | undefined {
    if (row.descriptionEncoding === null) return undefined;
    const bytes = this.#chunks.read(row.number, 'description');
    return { encoding: row.descriptionEncoding, bytes, sizeBytes: row.descriptionBytes };
  }

  /** What lies on the stack, newest first. */
  list(nowMs: number): SnippetRow[] {
    return this.#sql
      .exec<Columns>(`SELECT ${COLUMNS} FROM stack WHERE expires_at > ? ORDER BY number DESC`, nowMs)
      .toArray()
      .map(fromColumns);
  }

  /** All that lies on the stack, expired or not, oldest first: what admission judges. */
  residents(): readonly Resident[] {
    return this.#remember().residents;
  }

  /** The number that the next snippet gets. Never one that was given out before. */
  nextNumber(): number {
    return this.#remember().lastNumber + 1;
  }

  /** How much has left the stack and waits for the archive. */
  leftBytes(): number {
    return this.#remember().leftBytes;
  }

  /** A transaction was undone: what was kept in mind of it is not true. */
  forget(): void {
    this.#memory = undefined;
  }

  /** Puts a row on top, with its text as stored and, where its summary isn't all, its description as stored. */
  add(row: SnippetRow, text: Uint8Array, description: Uint8Array | undefined): void {
    const memory = this.#remember();
    if (description) this.#chunks.put(row.number, 'description', description);
    this.#sql.exec(
      `INSERT INTO snippets (${COLUMNS}, head)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...toColumns(row),
      this.#putText(row.number, text),
    );
    this.#memory = {
      ...memory,
      residents: [...memory.residents, toResident(row)],
      lastNumber: row.number,
    };
  }

  /** Stores a row anew, and what of its text and description is given. */
  replace(row: SnippetRow, text: Uint8Array | undefined, description: Uint8Array | undefined): void {
    const memory = this.#remember();
    if (text) this.#chunks.delete(row.number, 'text');
    if (description || row.descriptionEncoding === null) this.#chunks.delete(row.number, 'description');
    if (description) this.#chunks.put(row.number, 'description', description);
    this.#sql.exec(
      `UPDATE snippets SET (${COLUMNS}) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?),
         head = coalesce(?, head) WHERE number = ?`,
      ...toColumns(row),
      text ? this.#putText(row.number, text) : null,
      row.number,
    );
    this.#memory = {
      ...memory,
      residents: memory.residents.map((resident) =>
        resident.number === row.number ? toResident(row) : resident,
      ),
    };
  }

  /** Whether another snippet on the stack has this alias. Expired ones give theirs up. */
  hasAlias(alias: string, exceptNumber: number, nowMs: number): boolean {
    const rows = this.#sql.exec(
      'SELECT 1 FROM stack WHERE alias = ? AND number <> ? AND expires_at > ?',
      alias,
      exceptNumber,
      nowMs,
    );
    return rows.toArray().length > 0;
  }

  /** Numbers on the stack whose lifetime is over. */
  expired(nowMs: number): number[] {
    return this.residents()
      .filter(({ expiresAtMs }) => expiresAtMs <= nowMs)
      .map(({ number }) => number);
  }

  /** One more has read a burning snippet. Gives how many may still. */
  takeRead(number: number): number {
    return this.#sql
      .exec<{ reads_left: number }>(
        'UPDATE snippets SET reads_left = reads_left - 1 WHERE number = ? RETURNING reads_left',
        number,
      )
      .one().reads_left;
  }

  /**
   * Takes snippets off the stack. What the archive waits for stays stored, out of sight, until it was told.
   * @param keptUntilMs stays stored till then, for a retry
   */
  leave(numbers: readonly number[], nowMs: number, keptUntilMs: number | null = null): void {
    const memory = this.#remember();
    const leaving = memory.residents.filter(({ number }) => numbers.includes(number));
    const waiting = leaving.filter(({ isArchiveDue }) => isArchiveDue);
    this.#memory = {
      ...memory,
      residents: memory.residents.filter(({ number }) => !numbers.includes(number)),
      leftBytes: waiting.reduce((sum, { sizeBytes }) => sum + sizeBytes, memory.leftBytes),
    };
    for (const { number, isArchiveDue } of leaving)
      if (isArchiveDue || keptUntilMs !== null)
        this.#sql.exec(
          'UPDATE snippets SET left_at = ?, kept_until = ?, alias = NULL WHERE number = ?',
          nowMs,
          keptUntilMs,
          number,
        );
      else this.#erase([number]);
  }

  /** Deletes a snippet with all its bytes, whoever waits for it. */
  delete(number: number): void {
    const memory = this.#remember();
    const residents = memory.residents.filter((resident) => resident.number !== number);
    this.#memory = { ...memory, residents };
    this.#erase([number]);
  }

  /** Deletes what left the stack and is waited for no more. */
  eraseLeft(nowMs: number): void {
    const rows = this.#sql.exec<{ number: number }>(
      `SELECT number FROM snippets
       WHERE left_at IS NOT NULL AND archive_due_at IS NULL AND (kept_until IS NULL OR kept_until <= ?)`,
      nowMs,
    );
    this.#erase(rows.toArray().map(({ number }) => number));
  }

  /** A popped snippet that is still kept for a retry of its pop. */
  getKept(number: number, nowMs: number): SnippetRow | undefined {
    return this.#sql
      .exec<Columns>(`SELECT ${COLUMNS} FROM snippets WHERE number = ? AND kept_until > ?`, number, nowMs)
      .toArray()
      .map(fromColumns)[0];
  }

  /** A row that is stored for whatever reason: on the stack or off it, expired or not. */
  getStored(number: number): SnippetRow | undefined {
    return this.#sql
      .exec<Columns>(`SELECT ${COLUMNS} FROM snippets WHERE number = ?`, number)
      .toArray()
      .map(fromColumns)[0];
  }

  /** Keeps the latest pops only: what is kept for retries stays bounded. */
  releaseOldPops(): void {
    this.#sql.exec(
      `UPDATE snippets SET kept_until = NULL WHERE kept_until IS NOT NULL AND number NOT IN
         (SELECT number FROM snippets WHERE kept_until IS NOT NULL ORDER BY left_at DESC, number DESC LIMIT ?)`,
      limits.keptPops,
    );
  }

  /**
   * What the archive waits for, oldest first, once some of it is due by now. What left the stack is due at once,
   * because its bytes are to go; what was pushed meanwhile goes with the rest.
   */
  getArchiveDue(nowMs: number): SnippetRow[] {
    const due = this.#sql.exec(
      `SELECT 1 FROM snippets WHERE archive_due_at <= ? OR (left_at IS NOT NULL AND archive_due_at IS NOT NULL)
       LIMIT 1`,
      nowMs,
    );
    return due.toArray().length === 0 ? [] : this.getArchiveWaiting();
  }

  /** What the archive is still to be told of, oldest first, as many as share an object. */
  getArchiveWaiting(): SnippetRow[] {
    return this.#sql
      .exec<Columns>(
        `SELECT ${COLUMNS} FROM snippets WHERE archive_due_at IS NOT NULL ORDER BY number LIMIT ?`,
        limits.pack.records,
      )
      .toArray()
      .map(fromColumns);
  }

  /** All that the archive is still to be told of. */
  allWaiting(): SnippetRow[] {
    return this.#sql
      .exec<Columns>(`SELECT ${COLUMNS} FROM snippets WHERE archive_due_at IS NOT NULL ORDER BY number`)
      .toArray()
      .map(fromColumns);
  }

  /** How much the archive waits for. */
  archiveBacklog(): { snippets: number; bytes: number } {
    return this.#sql
      .exec<{ snippets: number; bytes: number }>(
        `SELECT count(*) AS snippets, coalesce(sum(stored_bytes), 0) AS bytes FROM snippets
         WHERE archive_due_at IS NOT NULL`,
      )
      .one();
  }

  /** The archive hears of nothing more: what waits for it stays on the stack, or goes. */
  forgetArchive(): void {
    this.#sql.exec('UPDATE snippets SET archive_due_at = NULL WHERE archive_due_at IS NOT NULL');
    this.#memory = undefined;
  }

  /** The archive hears nothing more of this one, unless it is replaced anew. */
  forgetArchiveOf(number: number): void {
    this.#sql.exec('UPDATE snippets SET archive_due_at = NULL WHERE number = ?', number);
    this.#memory = undefined;
  }

  /** The archive has this revision of a row. False where the row is another by now, gone, or not to be archived. */
  settleArchive({ number, revision }: SnippetRow): boolean {
    const settled = this.#sql.exec(
      `UPDATE snippets SET archive_due_at = NULL
       WHERE number = ? AND revision = ? AND archive_due_at IS NOT NULL RETURNING number`,
      number,
      revision,
    );
    this.#memory = undefined;
    return settled.toArray().length > 0;
  }

  getNextExpiryMs(): number | undefined {
    const times = this.residents().map(({ expiresAtMs }) => expiresAtMs);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  getNextArchiveDueMs(): number | undefined {
    return this.#minimum('archive_due_at');
  }

  getNextKeptEndMs(): number | undefined {
    return this.#minimum('kept_until');
  }

  isEmpty(): boolean {
    return this.#sql.exec('SELECT 1 FROM snippets LIMIT 1').toArray().length === 0;
  }

  #minimum(column: 'archive_due_at' | 'kept_until'): number | undefined {
    const query = `SELECT min(${column}) AS next FROM snippets WHERE ${column} IS NOT NULL`;
    return this.#sql.exec<{ next: number | null }>(query).one().next ?? undefined;
  }

  /** Stores what of a text doesn't fit its row and gives what does. */
  #putText(number: number, text: Uint8Array): Uint8Array {
    if (text.byteLength <= limits.chunkBytes) return text;
    this.#chunks.put(number, 'text', text.subarray(limits.chunkBytes));
    return text.subarray(0, limits.chunkBytes);
  }

  #erase(numbers: readonly number[]): void {
    const { lastNumber } = this.#remember();
    // The highest number is known by its row alone: when that goes, it must be written down.
    if (numbers.includes(lastNumber))
      this.#sql.exec('INSERT OR REPLACE INTO gone (singleton, highest_number) VALUES (1, ?)', lastNumber);
    for (const number of numbers) {
      const row = this.#sql
        .exec<{ has_tail: number; description_encoding: string | null }>(
          `DELETE FROM snippets WHERE number = ?
           RETURNING stored_bytes > length(head) AS has_tail, description_encoding`,
          number,
        )
        .one();
      if (row.has_tail) this.#chunks.delete(number, 'text');
      if (row.description_encoding !== null) this.#chunks.delete(number, 'description');
    }
  }

  #remember(): Memory {
    this.#memory ??= {
      residents: this.#readResidents(),
      lastNumber: this.#readLastNumber(),
      leftBytes: this.#readLeftBytes(),
    };
    return this.#memory;
  }

  #readResidents(): Resident[] {
    return this.#sql
      .exec<Columns>(`SELECT ${COLUMNS} FROM stack ORDER BY number`)
      .toArray()
      .map((row) => toResident(fromColumns(row)));
  }

  #readLeftBytes(): number {
    return this.#sql
      .exec<{ bytes: number }>(
        `SELECT coalesce(sum(text_bytes + description_bytes), 0) AS bytes FROM snippets
         WHERE left_at IS NOT NULL AND archive_due_at IS NOT NULL`,
      )
      .one().bytes;
  }

  #readLastNumber(): number {
    return this.#sql
      .exec<{ last: number }>(
        `SELECT max((SELECT coalesce(max(number), 0) FROM snippets),
           (SELECT coalesce(max(highest_number), 0) FROM gone)) AS last`,
      )
      .one().last;
  }

  #select<Row extends Columns>(columns: string, which: Which, sight: Sight, nowMs: number): Row[] {
    const from = `SELECT ${columns} FROM stack WHERE expires_at > ? AND ${VISIBLE[sight]}`;
    switch (which.kind) {
      case 'latest':
        return this.#sql.exec<Row>(`${from} ORDER BY number DESC LIMIT 1`, nowMs).toArray();
      case 'number':
        return this.#sql.exec<Row>(`${from} AND number = ?`, nowMs, which.number).toArray();
      case 'alias':
        return this.#sql.exec<Row>(`${from} AND alias = ?`, nowMs, which.alias).toArray();
      default:
        return which satisfies never;
    }
  }
}

function toResident(row: SnippetRow): Resident {
  return {
    number: row.number,
    sizeBytes: row.textBytes + row.descriptionBytes,
    expiresAtMs: row.expiresAtMs,
    sha256: row.sha256,
    isArchiveDue: row.archiveDueAtMs !== null,
  };
}
