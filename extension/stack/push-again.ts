// What is deleted at the edge is deleted there for good: undoing it pushes it again. Pure.

import type { Push, Snippet } from '../../shared/client.ts';
import { limits } from '../../shared/limits.ts';
import { plainDetails } from '../../shared/snippet.ts';
import { getVisibility } from '../../shared/visibility.ts';
import { toMs } from './snippet-facts.ts';

/** The push that brings a snippet back: its text, all that was said of it, and what is left of its lifetime. */
export function toPushAgain(snippet: Snippet, nowMs: number, requestId: string): Push {
  const { text, description, language, alias, needs, findings, origin, readsLeft } = snippet;
  const leftSeconds = Math.floor((toMs(snippet.expireTime) - nowMs) / 1000);
  return {
    ...plainDetails,
    text,
    description,
    language,
    alias,
    needs,
    findings: findings.map(({ tool, code, message, line, column }) => ({
      tool,
      code,
      message,
      line,
      column,
    })),
    fileName: origin?.fileName ?? '',
    visibility: getVisibility(snippet.visibility),
    burnReads: readsLeft,
    ttlSeconds: Math.max(limits.ttlSeconds.min, leftSeconds),
    requestId,
  };
}
