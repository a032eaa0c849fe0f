// May this draft enter, and who leaves for it? Pure.

import { limits } from '../../shared/limits.ts';

export interface Resident {
  readonly number: number;
  /** Text and description together. */
  readonly sizeBytes: number;
}

/**
 * The numbers that leave so that one more of `newBytes` fits: the oldest first, and no more than needed.
 * A draft within its own limits always fits, because the stack's limits are twenty times those.
 */
export function leavers(residents: readonly Resident[], newBytes: number): number[] {
  const oldestFirst = residents.toSorted((a, b) => a.number - b.number);
  let count = oldestFirst.length + 1;
  let bytes = newBytes + oldestFirst.reduce((sum, resident) => sum + resident.sizeBytes, 0);
  const leaving: number[] = [];
  for (const resident of oldestFirst) {
    if (count <= limits.stackSnippets && bytes <= limits.stackBytes) break;
    leaving.push(resident.number);
    count -= 1;
    bytes -= resident.sizeBytes;
  }
  return leaving;
}
