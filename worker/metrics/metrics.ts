// The Metrics: one Durable Object that sums what all isolates count, and knows what waits for the archive. Sums are
// written now and then, and always before they are told: a counter that was told never falls.

import { DurableObject } from 'cloudflare:workers';
import { limits } from '../../shared/limits.ts';
import { Counters, type Counts } from './counters.ts';
import { exposition, sampleOf } from './families.ts';

/** What of one stack waits for the archive. */
export interface Backlog {
  /** The stack's routing hash. */
  readonly stack: string;
  /** Whether the last try to tell the archive failed. Where not, the stack is forgotten: soon nothing waits. */
  readonly isFailing: boolean;
  readonly snippets: number;
  readonly bytes: number;
}

const SCHEMA = `
  -- Sums since the instance began, by the name that Prometheus knows.
  CREATE TABLE IF NOT EXISTS samples (
    sample TEXT PRIMARY KEY,
    value INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Stacks whose last try to tell the archive failed.
  CREATE TABLE IF NOT EXISTS backlogs (
    stack TEXT PRIMARY KEY,
    snippets INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    told_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

export class Metrics extends DurableObject<Env> {
  readonly #storage: DurableObjectStorage;
  /** Not written yet. */
  readonly #counters = new Counters();
  #writeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#storage = ctx.storage;
    this.#storage.sql.exec(SCHEMA);
  }

  /** Adds what was counted, and keeps in mind what waits. */
  add(counts: Counts, backlog: Backlog | undefined): void {
    this.#counters.addAll(counts);
    this.#writeTimer ??= setTimeout(() => this.#write(), limits.metrics.writeMs);
    if (!backlog) return;
    const { sql } = this.#storage;
    const { stack, isFailing, snippets, bytes } = backlog;
    if (isFailing)
      sql.exec('INSERT OR REPLACE INTO backlogs VALUES (?, ?, ?, ?)', stack, snippets, bytes, Date.now());
    else sql.exec('DELETE FROM backlogs WHERE stack = ?', stack);
  }

  /** All sums, as Prometheus reads them. */
  text(): string {
    this.#write();
    const { sql } = this.#storage;
    // A stack that was erased, or told the archive when its owner asked, says no more of its backlog.
    sql.exec('DELETE FROM backlogs WHERE told_at < ?', Date.now() - limits.metrics.backlogMs);
    const counts = new Map<string, number>();
    for (const { sample, value } of sql.exec<{ sample: string; value: number }>(
      'SELECT sample, value FROM samples ORDER BY sample',
    ))
      counts.set(sample, value);
    const waiting = sql
      .exec<{ stacks: number; snippets: number; bytes: number }>(
        `SELECT count(*) AS stacks, coalesce(sum(snippets), 0) AS snippets, coalesce(sum(bytes), 0) AS bytes
         FROM backlogs`,
      )
      .one();
    counts.set(sampleOf('pybin_outbox_stacks'), waiting.stacks);
    counts.set(sampleOf('pybin_outbox_snippets'), waiting.snippets);
    counts.set(sampleOf('pybin_outbox_bytes'), waiting.bytes);
    return exposition(counts);
  }

  #write(): void {
    clearTimeout(this.#writeTimer);
    this.#writeTimer = undefined;
    const counts = this.#counters.take();
    if (counts.size === 0) return;
    try {
      this.#storage.transactionSync(() => this.#addRows(counts));
    } catch (error) {
      this.#counters.addAll(counts);
      throw error;
    }
  }

  #addRows(counts: Counts): void {
    for (const [sample, amount] of counts)
      this.#storage.sql.exec(
        `INSERT INTO samples (sample, value) VALUES (?1, ?2)
         ON CONFLICT (sample) DO UPDATE SET value = value + ?2`,
        sample,
        amount,
      );
  }
}
