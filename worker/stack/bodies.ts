// Owns the chunks table: bytes of texts and long descriptions, cut into values that a row may hold.

import { limits } from '../../shared/limits.ts';

export class Bodies {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Stores bytes as body `body`, which was never used before. */
  put(body: number, bytes: Uint8Array): void {
    for (let start = 0, sequence = 0; start < bytes.byteLength; start += limits.chunkBytes, sequence++) {
      const chunk = bytes.slice(start, start + limits.chunkBytes);
      this.#sql.exec('INSERT INTO chunks (body, sequence, bytes) VALUES (?, ?, ?)', body, sequence, chunk);
    }
  }

  /** The bytes of a body, whole. An empty text has no chunks. */
  read(body: number): Uint8Array {
    const chunks = this.#sql
      .exec<{ bytes: ArrayBuffer }>('SELECT bytes FROM chunks WHERE body = ? ORDER BY sequence', body)
      .toArray()
      .map((row) => new Uint8Array(row.bytes));
    const [only] = chunks;
    if (only && chunks.length === 1) return only;
    const whole = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.byteLength, 0));
    let end = 0;
    for (const chunk of chunks) {
      whole.set(chunk, end);
      end += chunk.byteLength;
    }
    return whole;
  }

  /** Deletes what neither the stack nor the outbox holds any more. */
  deleteUnheld(bodies: readonly number[]): void {
    for (const body of bodies) {
      this.#sql.exec(
        `DELETE FROM chunks WHERE body = ?1
           AND NOT EXISTS (SELECT 1 FROM snippets WHERE text_body = ?1 OR description_body = ?1)
           AND NOT EXISTS (SELECT 1 FROM outbox WHERE text_body = ?1 OR description_body = ?1)`,
        body,
      );
    }
  }
}
