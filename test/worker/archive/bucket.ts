// The archive's bucket with faults, and what it holds by the index and without it.

import { env } from 'cloudflare:workers';
import type { Snippet } from '../../../shared/gen/pybin_pb.js';
import { objectKey, stackPrefix } from '../../../worker/archive/names.ts';
import { decodeRecord } from '../../../worker/archive/record.ts';
import { routingHashOf } from '../../../worker/ids/routing-hash.ts';
import { Archivist } from '../../../worker/stack/archivist.ts';
import { Tables } from '../../../worker/stack/tables.ts';
import { inStorage, rowsOf } from '../stack-inside.ts';

/** What stands in for some of the bucket's methods. */
type Faults = Partial<Pick<R2Bucket, 'get' | 'list'>> & {
  readonly put?: (key: string, bytes: Uint8Array) => Promise<unknown>;
  readonly delete?: (keys: string | string[]) => Promise<void>;
};

/** The real bucket, but for some methods. */
export function bucketWith(faults: Faults): R2Bucket {
  return new Proxy(env.ARCHIVE, {
    get(bucket, name) {
      const fault: unknown = Reflect.get(faults, name);
      if (fault !== undefined) return fault;
      const method: unknown = Reflect.get(bucket, name);
      return typeof method === 'function' ? method.bind(bucket) : method;
    },
  });
}

/** Runs in the user's own Durable Object, with an archivist that has this bucket. */
export function withArchivist<Value>(
  userId: string,
  bucket: R2Bucket,
  run: (archivist: Archivist, tables: Tables) => Promise<Value>,
): Promise<Value> {
  return inStorage(userId, (storage) => {
    const tables = new Tables(storage);
    return run(new Archivist(tables, bucket, routingHashOf(userId)), tables);
  });
}

/** The keys of a user's objects. */
export async function keysOf(userId: string): Promise<string[]> {
  const { objects } = await env.ARCHIVE.list({ prefix: stackPrefix(routingHashOf(userId)) });
  return objects.map(({ key }) => key);
}

/** A record as the index finds it, or undefined where R2 doesn't have it. */
export async function recordOf(userId: string, number: number): Promise<Snippet | undefined> {
  const row = (await rowsOf(userId, 'history')).find((each) => each['number'] === number);
  return row && recordAt(userId, row);
}

async function recordAt(userId: string, row: IndexRow): Promise<Snippet | undefined> {
  const found = await env.ARCHIVE.get(objectKey(routingHashOf(userId), requireText(row['object'])));
  if (!found) return undefined;
  const bytes = new Uint8Array(await found.arrayBuffer());
  const offset = Number(row['record_offset']);
  const length = row['record_bytes'] === null ? bytes.byteLength : Number(row['record_bytes']);
  return decodeRecord(bytes.subarray(offset, offset + length));
}

/** The texts of a user's records by number, as the index finds them. */
export async function indexedTexts(userId: string): Promise<Record<number, string>> {
  const texts: Record<number, string> = {};
  for (const row of await rowsOf(userId, 'history')) {
    const record = await recordAt(userId, row);
    texts[Number(row['number'])] = record?.text ?? 'in the index, and not there';
  }
  return texts;
}

/** All bytes that R2 has of a user's, and all that its index names: equal where nothing is there twice or unseen. */
export async function bytesOf(userId: string): Promise<{ stored: number; indexed: number }> {
  const { objects } = await env.ARCHIVE.list({ prefix: stackPrefix(routingHashOf(userId)) });
  const rows = await rowsOf(userId, 'history');
  return {
    stored: objects.reduce((sum, { size }) => sum + size, 0),
    indexed: rows.reduce((sum, row) => sum + Number(row['record_bytes']), 0),
  };
}

type IndexRow = Readonly<Record<string, SqlStorageValue>>;

function requireText(value: SqlStorageValue | undefined): string {
  if (typeof value !== 'string') throw new Error('the row has no text there');
  return value;
}
