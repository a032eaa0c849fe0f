// What is on the stack, as events tell it. Pure. Events may come twice, and an own answer before or after the event
// that tells of the same: numbers are never reused, so what left never comes back, and the end is the same.

import { limits } from '../../shared/limits.ts';
import type { SnippetFacts } from './snippet-facts.ts';

export type StackEvent =
  /** All that is on the stack. */
  | { readonly kind: 'stack'; readonly snippets: readonly SnippetFacts[] }
  /** A snippet as it is now, new or not. */
  | { readonly kind: 'snippet'; readonly snippet: SnippetFacts }
  | { readonly kind: 'left'; readonly number: number };

export interface Contents {
  /** Newest first; those whose lifetime has ended are still among them. */
  readonly snippets: readonly SnippetFacts[];
  /** Numbers that left lately: an answer on its way may still tell of one. */
  readonly gone: readonly number[];
}

export const nothing: Contents = { snippets: [], gone: [] };

export function after(contents: Contents, event: StackEvent): Contents {
  const { snippets, gone } = contents;
  switch (event.kind) {
    case 'stack':
      return { snippets: inOrder(event.snippets, gone), gone };
    case 'snippet': {
      const { snippet } = event;
      const known = snippets.find(({ number }) => number === snippet.number);
      if (known && known.revision > snippet.revision) return contents;
      return { snippets: inOrder([snippet, ...snippets.filter((each) => each !== known)], gone), gone };
    }
    case 'left': {
      const others = gone.filter((number) => number !== event.number);
      const nowGone = [...others, event.number].slice(-limits.editor.goneNumbers);
      return { snippets: inOrder(snippets, nowGone), gone: nowGone };
    }
    default:
      return event satisfies never;
  }
}

/** Those whose lifetime hasn't ended, newest first. */
export function unexpired({ snippets }: Contents, nowMs: number): readonly SnippetFacts[] {
  return snippets.filter(({ expiresAtMs }) => expiresAtMs > nowMs);
}

/** When the next lifetime ends; undefined where none will. */
export function nextExpiryMs(contents: Contents, nowMs: number): number | undefined {
  const ends = unexpired(contents, nowMs).map(({ expiresAtMs }) => expiresAtMs);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

function inOrder(snippets: readonly SnippetFacts[], gone: readonly number[]): readonly SnippetFacts[] {
  return snippets
    .filter(({ number }) => !gone.includes(number))
    .toSorted((one, other) => other.number - one.number)
    .slice(0, limits.stackSnippets);
}
