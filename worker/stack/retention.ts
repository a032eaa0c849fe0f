// What goes, and when the next alarm is due. Pure: derived from the data, so that it can be computed anew at any time.

import { limits } from '../../shared/limits.ts';

/** Long due. The platform refuses an alarm at 0. */
export const AT_ONCE_MS = 1;

/** What is waiting to happen, each as the time of the nearest one; undefined where nothing waits. */
export interface Waiting {
  readonly expiryMs: number | undefined;
  readonly archiveMs: number | undefined;
  /** What is left of an erased account is to go at once. */
  readonly erasureMs: number | undefined;
  readonly keptEndMs: number | undefined;
  readonly historyEndMs: number | undefined;
  readonly keyEndMs: number | undefined;
  readonly sessionEndMs: number | undefined;
  readonly requestEndMs: number | undefined;
}

/** When the one alarm is due, or undefined where nothing waits. */
export function getNextAlarmMs(waiting: Waiting): number | undefined {
  const times = Object.values<number | undefined>({ ...waiting }).filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** When a flush that failed for the n-th time is tried again: doubling, within limits. */
export function retryAtMs(nowMs: number, attempts: number): number {
  const { min, max } = limits.outboxRetryMs;
  return nowMs + Math.min(max, min * 2 ** Math.min(attempts - 1, 30));
}

/** The first thing that waits because of a snippet: its flush to the archive, or its expiry. */
export function firstDueMs(snippet: { archiveDueAtMs: number | null; expiresAtMs: number }): number {
  return Math.min(snippet.archiveDueAtMs ?? Infinity, snippet.expiresAtMs);
}
