// What an export is made of. Texts are asked for one by one, so that none but the one on its way is held.

import { readBodyText, unpackBody } from './body.ts';
import { findRecord } from './records.ts';
import type { Workplace } from './workplace.ts';
import type { Account } from './account.ts';
import type { HistoryEntry } from './history.ts';
import type { ReadCount } from './read-counts.ts';
import { factsOf, type SnippetFacts } from './snippet-row.ts';
import type { Tables } from './tables.ts';

/** Everything there is, without texts. */
export interface Contents {
  readonly account: Account;
  readonly stack: readonly (SnippetFacts & { readonly description: string })[];
  readonly history: readonly HistoryEntry[];
  readonly readCounts: readonly ReadCount[];
}

const encoder = new TextEncoder();

export function contentsOf({ accounts, history, readCounts, snippets }: Tables, nowMs: number): Contents {
  const all = {
    limit: Number.MAX_SAFE_INTEGER,
    beforeNumber: undefined,
    words: '',
    language: '',
    startMs: 0,
    endMs: Number.MAX_SAFE_INTEGER,
  };
  return {
    account: accounts.require(),
    stack: snippets.list(nowMs).map((row) => {
      const description = snippets.getDescription(row);
      return { ...factsOf(row), description: description ? readBodyText(description) : row.summary };
    }),
    history: history.list(all, nowMs),
    readCounts: readCounts.list(),
  };
}

/** The text of a piece, or undefined where it is gone by now. */
export async function exportedText(
  at: Workplace,
  from: 'stack' | 'history',
  number: number,
  nowMs: number,
): Promise<Uint8Array | undefined> {
  switch (from) {
    case 'stack': {
      const { tables } = at;
      const row = tables.snippets.get({ kind: 'number', number }, 'owner', nowMs);
      return row && unpackBody(tables.snippets.textOf(row));
    }
    case 'history': {
      const found = await findRecord(at, number, nowMs);
      return found?.record && encoder.encode(found.record.text);
    }
    default:
      return from satisfies never;
  }
}
