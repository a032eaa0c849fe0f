// A push from the frozen text to its place on the stack. Nothing is sent before the gate found it clean,
// and what is sent is the text that was checked, never the live document. Free of the editor.

import { limits } from '../../shared/limits.ts';
import type { Push } from '../../shared/client.ts';
import type { PartFinding, Verdict } from '../../shared/lint/verdict.ts';
import type { Delivered } from '../queue/deliver.ts';
import type { ShownSecret } from '../secrets/found-secret.ts';
import { checkFrozen, type Frozen, type Intent, type PushOptions, toDraft } from './draft.ts';

export interface Gate<Text extends Frozen> {
  readonly freeze: () => Text;
  /** @throws the signal's reason once it is aborted */
  readonly check: (frozen: Text, signal: AbortSignal) => Promise<Verdict | { readonly kind: 'moved' }>;
}

/** Brings a checked draft to the edge, or keeps it until it can be brought there. */
export type Deliver<Text extends Frozen> = (
  draft: Push,
  frozen: Text,
  signal: AbortSignal,
) => Promise<Delivered | SecretKept>;

/** There is a secret in it, and its author did not let it go. */
export interface SecretKept {
  readonly kind: 'secretKept';
  readonly secrets: readonly ShownSecret[];
}

/** How a push ended. What holds `frozen` waits for its corrections. */
export type Outcome<Text extends Frozen> =
  | Delivered
  | SecretKept
  /** The gate found what has to be corrected first. */
  | {
      readonly kind: 'blocked';
      readonly frozen: Text;
      readonly options: PushOptions;
      readonly findings: readonly PartFinding[];
    }
  /** The gate could not check it. */
  | {
      readonly kind: 'unchecked';
      readonly frozen: Text;
      readonly options: PushOptions;
      readonly reason: string;
    }
  /** There is no text. */
  | { readonly kind: 'nothing' }
  /** The document changed at each check. */
  | { readonly kind: 'moving' };

/** Checks a text, then delivers it. `report` is told when a check begins. */
export async function push<Text extends Frozen>(
  gate: Gate<Text>,
  deliver: Deliver<Text>,
  intent: Intent,
  signal: AbortSignal,
  report: (step: 'checking') => void,
): Promise<Outcome<Text>> {
  for (let round = 1; round <= limits.editor.checksOfMovingText; round += 1) {
    const frozen = gate.freeze();
    if (frozen.text === '') return { kind: 'nothing' };
    const fit = checkFrozen(frozen.text);
    if (!fit.ok) return { kind: 'refused', problem: fit.problem };

    report('checking');
    const verdict = await checked(gate, frozen, signal);
    switch (verdict.kind) {
      case 'moved':
        continue;
      case 'blocked':
        return { kind: 'blocked', frozen, options: intent.options, findings: verdict.blocking };
      case 'failed':
        return { kind: 'unchecked', frozen, options: intent.options, reason: verdict.reason };
      case 'clean':
        return deliver(toDraft(frozen, verdict, intent), frozen, signal);
      case 'canceled':
        return { kind: 'canceled' };
      default:
        return verdict satisfies never;
    }
  }
  return { kind: 'moving' };
}

async function checked<Text extends Frozen>(
  gate: Gate<Text>,
  frozen: Text,
  signal: AbortSignal,
): Promise<Awaited<ReturnType<Gate<Text>['check']>> | { readonly kind: 'canceled' }> {
  try {
    return await gate.check(frozen, signal);
  } catch (error) {
    if (signal.aborted) return { kind: 'canceled' };
    throw error;
  }
}
