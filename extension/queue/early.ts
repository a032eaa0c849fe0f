// A push whose turn doesn't come soon, because another one gets no answer, is kept while it waits for it: its window
// may close before.

import type { QueuedPush } from './queued-push.ts';
import type { Kept } from './shelf.ts';

/** A push that was kept before its turn. */
export interface Early {
  readonly queued: QueuedPush;
  readonly kept: Kept;
}

/** @param keep gives undefined where as many wait already as may */
export function keptEarly(
  afterMs: number,
  keep: () => Promise<Early | undefined>,
): { readonly inTurn: () => Promise<Early | undefined> } {
  const late: { keeping?: Promise<Early | undefined> } = {};
  const timer = setTimeout(() => {
    late.keeping = keep();
  }, afterMs);
  return {
    /** Its turn has come: gives what was kept, once it is. */
    inTurn: async () => {
      clearTimeout(timer);
      return late.keeping;
    },
  };
}
