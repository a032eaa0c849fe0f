// Several records in one object, one after the other: a put costs by the object. Each is compressed by itself, so
// that one is read without the rest. Pure.

import { joinBytes } from '../../shared/bytes.ts';
import { limits } from '../../shared/limits.ts';

/** Where in its object a record lies. */
export interface RecordPlace {
  readonly offset: number;
  readonly sizeBytes: number;
}

export function packRecords(records: readonly Uint8Array[]): {
  readonly bytes: Uint8Array;
  readonly places: readonly RecordPlace[];
} {
  const places: RecordPlace[] = [];
  let offset = 0;
  for (const { byteLength: sizeBytes } of records) {
    places.push({ offset, sizeBytes });
    offset += sizeBytes;
  }
  return { bytes: joinBytes(records), places };
}

/** What is looked at of what waits. */
interface Packable {
  readonly number: number;
  readonly storedBytes: number;
  readonly createdAtMs: number;
}

/** Of what waits, by rising number, the first ones that go into one object. At least one does, however large it is. */
export function takePack<Waiting extends Packable>(waiting: readonly Waiting[]): Waiting[] {
  const [first] = waiting;
  if (!first) return [];
  let bytes = 0;
  const taken = waiting.findIndex(({ number, storedBytes, createdAtMs }, index) => {
    bytes += storedBytes;
    const isFull = bytes > limits.pack.bytes || number >= first.number + limits.pack.records;
    const isFar = Math.abs(createdAtMs - first.createdAtMs) > limits.pack.spanMs;
    return index > 0 && (isFull || isFar);
  });
  return waiting.slice(0, taken === -1 ? waiting.length : taken);
}
