// Owns the chunks table: what of a snippet doesn't fit its row, cut into values that a row may hold.
// A chunk's id follows from the snippet's number, so that nobody keeps track of ids.

import { joinBytes } from '../../shared/bytes.ts';
import { limits } from '../../shared/limits.ts';

/** Of a text, what comes after its head; of a description, all of it where it is longer than its summary. */
export type Part = 'text' | 'description';

/** At most so many chunks a part: 10 MB that don't compress are ten. */
const CHUNKS_PER_PART = 16;

export class Chunks {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  put(number: number, part: Part, bytes: Uint8Array): void {
    let id = firstId(number, part);
    for (let start = 0; start < bytes.byteLength; start += limits.chunkBytes) {
      const chunk = bytes.subarray(start, start + limits.chunkBytes);
      this.#sql.exec('INSERT INTO chunks (id, bytes) VALUES (?, ?)', id++, chunk);
    }
  }

  /** The bytes of a part, after those given. */
  read(number: number, part: Part, head: readonly Uint8Array[] = []): Uint8Array {
    const chunks = this.#sql
      .exec<{ bytes: ArrayBuffer }>(
        'SELECT bytes FROM chunks WHERE id >= ? AND id < ? ORDER BY id',
        ...range(number, part),
      )
      .toArray()
      .map((row) => new Uint8Array(row.bytes));
    return joinBytes([...head, ...chunks]);
  }

  delete(number: number, part: Part): void {
    this.#sql.exec('DELETE FROM chunks WHERE id >= ? AND id < ?', ...range(number, part));
  }
}

function range(number: number, part: Part): [number, number] {
  const first = firstId(number, part);
  return [first, first + CHUNKS_PER_PART];
}

function firstId(number: number, part: Part): number {
  const ofDescription = number * 2 * CHUNKS_PER_PART;
  return part === 'description' ? ofDescription : ofDescription - CHUNKS_PER_PART;
}
