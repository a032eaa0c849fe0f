// The Stack's dealings with R2: the flush of what waits, the reading of a record, and the end of all of them.
// Whatever R2 does (fail, be slow, have done it already), nothing is lost and nothing is there twice: an errand is
// settled only after R2 has answered, and the same errand writes the same object.

import type { Snippet } from '../../shared/gen/pybin_pb.js';
import { limits } from '../../shared/limits.ts';
import { compactedName, objectKey, packName, stackPrefix, takedownKey } from '../archive/names.ts';
import { packRecords, type RecordPlace } from '../archive/pack.ts';
import { decodeRecord, encodeRecord } from '../archive/record.ts';
import { readBodyText } from './body.ts';
import type { Located, Words } from './history.ts';
import type { Errand } from './outbox.ts';
import { readProof } from './proof.ts';
import type { SnippetRow } from './snippet-row.ts';
import type { Tables } from './tables.ts';

export class Archivist {
  readonly #tables: Tables;
  readonly #bucket: R2Bucket;
  readonly #routingHash: string;
  /** One flush at a time: the next begins when this one ends. */
  #flushing: Promise<void> = Promise.resolve();

  constructor(tables: Tables, bucket: R2Bucket, routingHash: string) {
    this.#tables = tables;
    this.#bucket = bucket;
    this.#routingHash = routingHash;
  }

  /**
   * Tells the archive what is due, or all that waits. Where it fails, the rest waits for the next try.
   * @throws what R2 threw, after that is noted
   */
  flush(which: 'due' | 'all', nowMs: number): Promise<void> {
    const flush = async () => {
      await this.#flushing.catch(() => undefined);
      await this.#flush(which, nowMs);
    };
    this.#flushing = flush();
    return this.#flushing;
  }

  /** The record that lies there, or undefined where R2 has none. */
  async getRecord({ object, place }: Located): Promise<Snippet | undefined> {
    const bytes = await this.#getBytes(object, place);
    return bytes && decodeRecord(bytes);
  }

  /** Leaves the operator's record of a takedown, which outlives the stack. Gives its key. @throws what R2 threw */
  async recordTakedown(takedown: { number: number; reason: string; takenDownAtMs: number }): Promise<string> {
    const { number, reason, takenDownAtMs } = takedown;
    const key = takedownKey(this.#routingHash, number);
    const takedownTime = new Date(takenDownAtMs).toISOString();
    const record = { stack: this.#routingHash, number, reason, takedownTime };
    await this.#bucket.put(key, `${JSON.stringify(record)}\n`, {
      httpMetadata: { contentType: 'application/json' },
    });
    return key;
  }

  /** Deletes all that the archive has of this stack. @throws what R2 threw: then some may be left */
  async deleteAll(): Promise<void> {
    // What is on its way would else arrive after all was deleted.
    await this.#flushing.catch(() => undefined);
    const prefix = stackPrefix(this.#routingHash);
    for (;;) {
      const { objects, truncated } = await this.#bucket.list({ prefix });
      if (objects.length > 0) await this.#bucket.delete(objects.map(({ key }) => key));
      if (!truncated) return;
    }
  }

  async #flush(which: 'due' | 'all', nowMs: number): Promise<void> {
    const { outbox } = this.#tables;
    for (let count = 0; count < limits.outboxBatch; count++) {
      if (!this.#tables.created || this.#tables.accounts.require().isErased) return;
      const errand = which === 'due' ? outbox.getDue(nowMs) : outbox.getWaiting();
      if (!errand) return;
      try {
        // One after the other on purpose: records reach the archive in the order of their numbers.
        await this.#run(errand, nowMs);
      } catch (error) {
        this.#tables.transaction(() => outbox.noteFailure(nowMs));
        throw error;
      }
    }
  }

  async #run(errand: Errand, nowMs: number): Promise<void> {
    switch (errand.action) {
      case 'put':
        return this.#put(errand.snippets, nowMs);
      case 'compact':
        return this.#compact(errand.object);
      default:
        errand satisfies never;
    }
  }

  async #put(rows: readonly SnippetRow[], nowMs: number): Promise<void> {
    const [first] = rows;
    if (!first) return;
    const object = packName(first);
    const records = rows.map((row) => ({ row, ...this.#recordOf(row) }));
    const { bytes, places } = packRecords(records.map(({ record }) => record));
    await this.#bucket.put(objectKey(this.#routingHash, object), bytes);
    const { history, outbox, snippets } = this.#tables;
    // What shares an object ends together: it would else be written anew each time that one of them ends.
    const endsAtMs = Math.max(...rows.map(({ createdAtMs }) => createdAtMs)) + limits.archiveSeconds * 1000;
    this.#tables.transaction(() => {
      outbox.noteSuccess();
      for (const [index, { row, words }] of records.entries()) {
        // Changed or gone in the meantime: what R2 has of it is to go.
        if (!snippets.settleArchive(row)) {
          outbox.markStale(object);
          continue;
        }
        const older = history.add(row, words, { object, place: places[index] }, endsAtMs);
        if (older !== undefined && older !== object) outbox.markStale(older);
      }
      snippets.eraseLeft(nowMs);
    });
  }

  /** Writes the records that an object still has by the index anew, elsewhere, and deletes it. */
  async #compact(object: string): Promise<void> {
    const { history, outbox } = this.#tables;
    const kept = history.recordsIn(object);
    const key = objectKey(this.#routingHash, object);
    const records: { number: number; bytes: Uint8Array }[] = [];
    for (const { number, place } of kept) {
      const bytes = await this.#getBytes(object, place);
      if (bytes) records.push({ number, bytes });
      else history.markLost(number);
    }
    if (records.length > 0) {
      const moved = compactedName(object);
      const { bytes, places } = packRecords(records.map((record) => record.bytes));
      await this.#bucket.put(objectKey(this.#routingHash, moved), bytes);
      this.#tables.transaction(() => {
        for (const [index, { number }] of records.entries()) {
          const place = places[index];
          if (!place || !history.move(number, object, moved, place)) outbox.markStale(moved);
        }
      });
    }
    await this.#bucket.delete(key);
    this.#tables.transaction(() => {
      outbox.noteSuccess();
      outbox.unmarkStale(object);
    });
  }

  async #getBytes(object: string, place: RecordPlace | undefined): Promise<Uint8Array | undefined> {
    const range = place && { offset: place.offset, length: place.sizeBytes };
    const found = await this.#bucket.get(objectKey(this.#routingHash, object), range && { range });
    return found ? new Uint8Array(await found.arrayBuffer()) : undefined;
  }

  #recordOf(row: SnippetRow): { record: Uint8Array; words: Words } {
    const { snippets } = this.#tables;
    const whole = snippets.getDescription(row);
    const text = readBodyText(snippets.textOf(row));
    const description = whole ? readBodyText(whole) : row.summary;
    const { searchedBytes } = limits.history;
    const { proof, ...facts } = row;
    return {
      record: encodeRecord({ ...facts, ...readProof(proof) }, text, description),
      words: { description: description.slice(0, searchedBytes), text: text.slice(0, searchedBytes) },
    };
  }
}
