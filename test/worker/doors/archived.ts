// What the archive has of somebody, once all that waits for it was told.

import { limits } from '../../../shared/limits.ts';
import { indexedTexts } from '../archive/bucket.ts';
import { atSeconds, ring } from '../stack-inside.ts';

/** From then on the archive is told of what a test pushed in its first seconds. */
export const flushSeconds = limits.outboxDelayMs / 1000 + 60;

/** The texts that the archive has of a user, oldest first, after a flush at so many seconds. */
export async function archivedTexts(userId: string, seconds = flushSeconds): Promise<string[]> {
  atSeconds(seconds);
  await ring(userId);
  return Object.values(await indexedTexts(userId));
}
