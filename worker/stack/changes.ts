// What changed on a stack, as its watchers are told. Plain data.

import type { SnippetFacts } from './snippet-row.ts';

/** Why a snippet is gone. */
export type LeaveReason = 'deleted' | 'expired' | 'popped' | 'pushedOut' | 'burnt';

export type Change =
  | { readonly kind: 'pushed'; readonly facts: SnippetFacts }
  | { readonly kind: 'replaced'; readonly facts: SnippetFacts; readonly readCount: number }
  | { readonly kind: 'left'; readonly number: number; readonly reason: LeaveReason };

export function leftChanges(numbers: readonly number[], reason: LeaveReason): Change[] {
  return numbers.map((number) => ({ kind: 'left', number, reason }));
}
