// How long to wait before the next try: doubling, and scattered, so that not everybody comes back at once
// when an edge does. Pure: chance is passed in.

import { limits } from '../../shared/limits.ts';

/**
 * @param failures how often in a row it failed, from 1
 * @param chance evenly from 0 to 1
 * @param within from the first to the longest; that of the live socket unless given
 */
export function retryDelayMs(
  failures: number,
  chance: number,
  { min, max }: { readonly min: number; readonly max: number } = limits.editor.liveRetryMs,
): number {
  const most = Math.min(max, min * 2 ** (failures - 1));
  return most / 2 + (most / 2) * chance;
}
