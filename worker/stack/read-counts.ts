// Owns the read_counts table: how often others read the owner's snippets. Counted in memory and written
// now and then, so that no read costs a write; counts outlive their snippets.

import { limits } from '../../shared/limits.ts';

export interface ReadCount {
  readonly number: number;
  /** In UTC, such as `2026-11`. */
  readonly month: string;
  readonly reads: number;
}

export class ReadCounts {
  readonly #sql: SqlStorage;
  /** Not written yet, by month and number. */
  readonly #unwritten = new Map<string, ReadCount>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  get hasUnwritten(): boolean {
    return this.#unwritten.size > 0;
  }

  add(number: number, reads: number, nowMs: number): void {
    const month = monthOf(nowMs);
    const key = `${month} ${number}`;
    const known = this.#unwritten.get(key);
    this.#unwritten.set(key, { number, month, reads: (known?.reads ?? 0) + reads });
  }

  /** Writes what was counted. */
  flush(): void {
    for (const { number, month, reads } of this.#unwritten.values())
      this.#sql.exec(
        `INSERT INTO read_counts (number, month, reads) VALUES (?1, ?2, ?3)
         ON CONFLICT (number, month) DO UPDATE SET reads = reads + ?3`,
        number,
        month,
        reads,
      );
    this.#unwritten.clear();
  }

  /** Newest month first, then by number. */
  list(): ReadCount[] {
    this.flush();
    return this.#sql
      .exec<{ number: number; month: string; reads: number }>(
        'SELECT number, month, reads FROM read_counts ORDER BY month DESC, number',
      )
      .toArray();
  }

  /** Reads of one snippet, all months together. */
  totalOf(number: number): number {
    const { reads: written } = this.#sql
      .exec<{ reads: number }>(
        'SELECT coalesce(sum(reads), 0) AS reads FROM read_counts WHERE number = ?',
        number,
      )
      .one();
    const unwritten = [...this.#unwritten.values()].filter((count) => count.number === number);
    return unwritten.reduce((sum, { reads }) => sum + reads, written);
  }

  /** Reads by number, all months together. */
  totals(): ReadonlyMap<number, number> {
    const written = this.#sql
      .exec<{ number: number; reads: number }>(
        'SELECT number, sum(reads) AS reads FROM read_counts GROUP BY number',
      )
      .toArray();
    const totals = new Map(written.map(({ number, reads }) => [number, reads]));
    for (const { number, reads } of this.#unwritten.values())
      totals.set(number, (totals.get(number) ?? 0) + reads);
    return totals;
  }

  /**
   * Forgets months that ended longer ago than the archive keeps anything, of some snippets at a time: the oldest,
   * whose months are the oldest.
   */
  forgetOld(nowMs: number): void {
    const oldest = monthOf(nowMs - limits.archiveSeconds * 1000);
    this.#sql.exec(
      `DELETE FROM read_counts WHERE month < ?
         AND number IN (SELECT number FROM read_counts ORDER BY number LIMIT ?)`,
      oldest,
      limits.countsForgotten,
    );
  }
}

function monthOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 'yyyy-mm'.length);
}
