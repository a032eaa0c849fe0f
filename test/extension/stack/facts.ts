// Snippets as a window knows them, for tests.

import type { SnippetFacts } from '../../../extension/stack/snippet-facts.ts';

export const now = Date.UTC(2026, 10, 20, 12);

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A snippet pushed three minutes ago, with an hour left. */
export function facts(number: number, details: Partial<SnippetFacts> = {}): SnippetFacts {
  return {
    id: `id-${number}`,
    number,
    revision: 1,
    address: `https://pybin.example/~ada/${number}`,
    description: '',
    language: 'python',
    origin: undefined,
    visibility: 'public',
    alias: '',
    sizeBytes: 1024,
    createdAtMs: now - 3 * MINUTE,
    expiresAtMs: now + HOUR,
    firstLine: '',
    device: '',
    readCount: 0,
    readsLeft: 0,
    ...details,
  };
}
