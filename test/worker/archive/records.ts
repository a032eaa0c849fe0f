// What the archive has of a user: the records in R2, opened.

import { fromBinary } from '@bufbuild/protobuf';
import { env } from 'cloudflare:workers';
import { gunzipSync } from 'node:zlib';
import { type Snippet, SnippetSchema } from '../../../shared/gen/pybin_pb.js';
import { recordName } from '../../../worker/archive/names.ts';
import { routingHashOf } from '../../../worker/ids/routing-hash.ts';

/** The name in R2 of a record. */
export function recordNameOf(userId: string, number: number): string {
  return recordName(routingHashOf(userId), number);
}

/** A record, or undefined where the archive has none of that number. */
export async function recordOf(userId: string, number: number): Promise<Snippet | undefined> {
  const object = await env.ARCHIVE.get(recordNameOf(userId, number));
  if (!object) return undefined;
  return fromBinary(SnippetSchema, new Uint8Array(gunzipSync(await object.arrayBuffer())));
}

/** The numbers of which the archive has a record, as R2 lists them. */
export async function recordedNumbers(userId: string): Promise<number[]> {
  const prefix = recordNameOf(userId, 0).replace(/\d+$/, '');
  const { objects } = await env.ARCHIVE.list({ prefix });
  return objects.map(({ key }) => Number(key.slice(prefix.length)));
}
