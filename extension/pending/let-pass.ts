// What a verdict becomes by its author's word. Pure: free of the editor.

import type { GateVerdict } from '../gate/gate.ts';
import { canOverride } from './pending-words.ts';
import type { Override } from '../settings.ts';

export interface Word {
  /** Is it the text that its author saw the findings of? */
  readonly isSameText: boolean;
  readonly override: Override;
  readonly reason: string;
}

/** A blocked text passes with all that was found in it, and the reason; whatever else was said stays. */
export function letPass(verdict: GateVerdict, { isSameText, override, reason }: Word): GateVerdict {
  if (verdict.kind !== 'blocked' || !isSameText || !canOverride(verdict.blocking, override)) return verdict;
  const { kept, needs, proof } = verdict;
  return { kind: 'clean', kept, needs, proof: { ...proof, overrideReason: reason } };
}
