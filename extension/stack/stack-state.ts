// What a window can know of the stack, and what comes of an event or a problem. Pure.

import type { Problem } from '../../shared/problem.ts';
import { after, type Contents, nothing, type StackEvent, unexpired } from './contents.ts';
import type { SnippetFacts } from './snippet-facts.ts';

export type StackState =
  /** Whether somebody is signed in isn't read yet. */
  | { readonly kind: 'starting' }
  /** Nobody's stack is used. `canChoose`: of those signed in, nobody was chosen. */
  | { readonly kind: 'signedOut'; readonly canChoose: boolean }
  /** Signed in, with no answer yet. */
  | { readonly kind: 'asking' }
  /** `problem`: why this may be out of date. */
  | { readonly kind: 'known'; readonly contents: Contents; readonly problem: Problem | undefined }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** The newest one whose lifetime hasn't ended. */
export function topOf(state: StackState, nowMs: number): SnippetFacts | undefined {
  return state.kind === 'known' ? unexpired(state.contents, nowMs)[0] : undefined;
}

/** A snippet is told of, or all of them. */
export function afterEvent(state: StackState, event: StackEvent): StackState {
  if (state.kind === 'known') return { ...state, contents: after(state.contents, event), problem: undefined };
  // Of one snippet more is known than of none; that one is gone says nothing of the others.
  if (event.kind === 'left' || state.kind === 'signedOut') return state;
  return { kind: 'known', contents: after(nothing, event), problem: undefined };
}

/** What was known stays on show while the edge can't be reached; a refused key shows nothing. */
export function afterProblem(state: StackState, problem: Problem): StackState {
  if (state.kind === 'known' && problem.code !== 'unauthenticated') return { ...state, problem };
  return { kind: 'failed', problem };
}
