// Owns the chunks table: bytes of texts and long descriptions, cut into values that a row may hold.

import { joinBytes } from '../../shared/bytes.ts';
import { limits } from '../../shared/limits.ts';

/** A body has at most so many chunks: a text of 10 MB that doesn't compress has ten. */
export const CHUNKS_PER_BODY = 16;

/** A body, and the number whose row holds it. */
export interface HeldBody {
  readonly number: number;
  readonly body: number;
}

/** The columns by which a row of any table holds bodies. */
export type HoldingRow = { number: number; text_body: number | null; description_body: number | null };

/** The bodies that rows hold. */
export function heldBodies(rows: readonly HoldingRow[]): HeldBody[] {
  return rows.flatMap(({ number, text_body, description_body }) =>
    [text_body, description_body].filter((body) => body !== null).map((body) => ({ number, body })),
  );
}

export class Bodies {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Stores bytes as body `body`, which was never used before. */
  put(body: number, bytes: Uint8Array): void {
    for (let start = 0, id = firstChunkId(body); start < bytes.byteLength; start += limits.chunkBytes, id++) {
      const chunk = bytes.slice(start, start + limits.chunkBytes);
      this.#sql.exec('INSERT INTO chunks (id, bytes) VALUES (?, ?)', id, chunk);
    }
  }

  /** The bytes of a body, whole. An empty text has no chunks. */
  read(body: number): Uint8Array {
    return joinBytes(this.#chunksFrom(body, 0));
  }

  /** The same, where the first chunk is there already. */
  readAfter(firstChunk: ArrayBuffer | null, body: number): Uint8Array {
    const first = new Uint8Array(firstChunk ?? new ArrayBuffer());
    // Only a full chunk is followed by another.
    return first.byteLength < limits.chunkBytes ? first : joinBytes([first, ...this.#chunksFrom(body, 1)]);
  }

  /** Deletes those bodies of a number that neither the stack nor the outbox holds any more. */
  deleteUnheld(held: readonly HeldBody[]): void {
    for (const { number, body } of held) {
      this.#sql.exec(
        `DELETE FROM chunks WHERE id >= ?3 AND id < ?4
           AND NOT EXISTS (SELECT 1 FROM snippets WHERE number = ?2 AND ?1 IN (text_body, description_body))
           AND NOT EXISTS (SELECT 1 FROM outbox WHERE number = ?2 AND ?1 IN (text_body, description_body))`,
        body,
        number,
        firstChunkId(body),
        firstChunkId(body + 1),
      );
    }
  }

  #chunksFrom(body: number, sequence: number): Uint8Array[] {
    return this.#sql
      .exec<{ bytes: ArrayBuffer }>(
        'SELECT bytes FROM chunks WHERE id >= ? AND id < ? ORDER BY id',
        firstChunkId(body) + sequence,
        firstChunkId(body + 1),
      )
      .toArray()
      .map((row) => new Uint8Array(row.bytes));
  }
}

function firstChunkId(body: number): number {
  return body * CHUNKS_PER_BODY;
}
