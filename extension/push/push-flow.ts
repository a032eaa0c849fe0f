// A push from the frozen text to its place on the stack. Nothing is sent before the gate found it clean,
// and what is sent is the text that was checked, never the live document. Free of the editor.

import { limits } from '../../shared/limits.ts';
import type { Push, Snippet } from '../../shared/client.ts';
import type { PartFinding, Verdict } from '../../shared/lint/verdict.ts';
import type { Problem, Result } from '../../shared/problem.ts';
import { checkFrozen, type Frozen, type Intent, type PushOptions, toDraft } from './draft.ts';

export interface Gate<Text extends Frozen> {
  readonly freeze: () => Text;
  /** @throws the signal's reason once it is aborted */
  readonly check: (frozen: Text, signal: AbortSignal) => Promise<Verdict | { readonly kind: 'moved' }>;
}

/** Sends a draft to the edge. */
export type Send = (draft: Push, signal: AbortSignal) => Promise<Result<Snippet>>;

/** How a push ended. What holds `frozen` waits to be pushed again. */
export type Outcome<Text extends Frozen> =
  | { readonly kind: 'pushed'; readonly snippet: Snippet; readonly draft: Push }
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
  /** Checked, but not known to be stored: sending the same draft again is harmless. */
  | { readonly kind: 'unsent'; readonly frozen: Text; readonly draft: Push; readonly problem: Problem }
  /** There is no text. */
  | { readonly kind: 'nothing' }
  /** No check and no retry can make it go. */
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** The document changed at each check. */
  | { readonly kind: 'moving' }
  | { readonly kind: 'canceled' };

/** Checks a text and sends it. `report` is told when each of the two begins. */
export async function push<Text extends Frozen>(
  gate: Gate<Text>,
  sendDraft: Send,
  intent: Intent,
  signal: AbortSignal,
  report: (step: 'checking' | 'sending') => void,
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
      case 'clean': {
        report('sending');
        return send(frozen, toDraft(frozen, verdict.kept, verdict.needs, intent), sendDraft, signal);
      }
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

/** Sends a checked draft: the first time, or again under the same request id. */
export async function send<Text extends Frozen>(
  frozen: Text,
  draft: Push,
  sendDraft: Send,
  signal: AbortSignal,
): Promise<Outcome<Text>> {
  const stored = await sendDraft(draft, signal);
  if (stored.ok) return { kind: 'pushed', snippet: stored.value, draft };
  const { problem } = stored;
  switch (problem.code) {
    case 'canceled':
      return { kind: 'canceled' };
    case 'invalid_argument':
    case 'method_not_allowed':
    case 'alias_taken':
    case 'keys_full':
    case 'burning':
    case 'lost':
    case 'stale':
    case 'not_text':
    case 'too_large':
      return { kind: 'refused', problem };
    case 'unauthenticated':
    case 'forbidden':
    case 'not_found':
    case 'rate_limited':
    case 'internal':
    case 'unavailable':
      return { kind: 'unsent', frozen, draft, problem };
    default:
      return problem.code satisfies never;
  }
}
