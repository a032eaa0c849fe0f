// When the editor's diagnostics speak of the text as it is: editors don't say which version they are of.
// Pure: times in milliseconds of one clock, `now` is passed in.

import { limits } from '../limits.ts';

export interface DiagnosticsTimes {
  /** When the document was opened or last edited. */
  readonly editedAt: number;
  /** When diagnostics of it were last heard of. */
  readonly publishedAt: number | undefined;
}

/** Has a tool spoken since the last edit? What is heard within the editor's own delay was said before it. */
export function heardSinceEdit({ editedAt, publishedAt }: DiagnosticsTimes): boolean {
  return publishedAt !== undefined && publishedAt >= editedAt + limits.lint.diagnosticsDebounceMs;
}

/**
 * How many milliseconds to wait until the diagnostics count as settled; 0 where they do. They settle
 * when it has been quiet since they were last published after the last edit, or when nothing came for
 * so long that nothing is to be expected. A check never waits longer than that from its own start.
 */
export function settleWaitMs(times: DiagnosticsTimes, startedAt: number, now: number): number {
  const { quietMs, settleMs } = limits.lint;
  const { editedAt, publishedAt = editedAt } = times;
  const settledAt = heardSinceEdit(times) ? publishedAt + quietMs : editedAt + settleMs;
  return Math.max(0, Math.min(settledAt, startedAt + settleMs) - now);
}
