// May this draft enter, and who leaves for it? Pure.

import { limits } from '../../shared/limits.ts';

/** A snippet on the stack, as far as admission asks. */
export interface Resident {
  readonly number: number;
  /** Text and description together. */
  readonly sizeBytes: number;
  readonly expiresAtMs: number;
  /** SHA-256 of the text, in hex. */
  readonly sha256: string;
  /** Whether the archive waits for it. */
  readonly isArchiveDue: boolean;
}

/** Who leaves, and why. */
export interface Leavers {
  readonly expired: readonly number[];
  readonly pushedOut: readonly number[];
}

/**
 * Who leaves so that one more of `newBytes` fits: what has expired, then the oldest, and no more of those than
 * needed. A draft within its own limits always fits, because the stack's are twenty times those.
 */
export function leaversFor(residents: readonly Resident[], newBytes: number, nowMs: number): Leavers {
  const expired = residents.filter((resident) => resident.expiresAtMs <= nowMs);
  const oldestFirst = residents
    .filter((resident) => resident.expiresAtMs > nowMs)
    .toSorted((a, b) => a.number - b.number);
  const pushedOut: number[] = [];
  let count = oldestFirst.length + 1;
  let bytes = oldestFirst.reduce((sum, resident) => sum + resident.sizeBytes, newBytes);
  for (const resident of oldestFirst) {
    if (count <= limits.stackSnippets && bytes <= limits.stackBytes) break;
    pushedOut.push(resident.number);
    count -= 1;
    bytes -= resident.sizeBytes;
  }
  return { expired: expired.map(({ number }) => number), pushedOut };
}
