// When what is shown of snippets reads differently by time alone. Pure: now is passed in.

import { limits } from '../../shared/limits.ts';
import { ageChangesInMs, leftChangesInMs } from './age.ts';
import type { SnippetFacts } from './snippet-facts.ts';

/** After how long one of these reads differently; undefined where none is there. Never sooner than people notice. */
export function ticksInMs(snippets: readonly SnippetFacts[], nowMs: number): number | undefined {
  if (snippets.length === 0) return undefined;
  const changes = snippets.flatMap(({ createdAtMs, expiresAtMs }) => [
    ageChangesInMs(createdAtMs, nowMs),
    leftChangesInMs(expiresAtMs, nowMs),
  ]);
  return Math.max(limits.editor.tickMs, Math.min(...changes));
}
