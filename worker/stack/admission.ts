// May this draft enter, and who leaves for it? Pure.

import { limits } from '../../shared/limits.ts';

export interface Resident {
  readonly number: number;
  /** Text and description together. */
  readonly sizeBytes: number;
  readonly expiresAtMs: number;
}

/**
 * The numbers that leave so that one more of `newBytes` fits: what has expired, then the oldest, and no more
 * of those than needed. A draft within its own limits always fits, because the stack's are twenty times those.
 */
export function leavers(residents: readonly Resident[], newBytes: number, nowMs: number): number[] {
  const leaving = residents.filter((resident) => resident.expiresAtMs <= nowMs);
  const oldestFirst = residents
    .filter((resident) => resident.expiresAtMs > nowMs)
    .toSorted((a, b) => a.number - b.number);
  let count = oldestFirst.length + 1;
  let bytes = oldestFirst.reduce((sum, resident) => sum + resident.sizeBytes, newBytes);
  for (const resident of oldestFirst) {
    if (count <= limits.stackSnippets && bytes <= limits.stackBytes) break;
    leaving.push(resident);
    count -= 1;
    bytes -= resident.sizeBytes;
  }
  return leaving.map((resident) => resident.number);
}
