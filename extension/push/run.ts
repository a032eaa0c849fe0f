// One push from its source to what people hear of it: with progress, a way to give it up where it is large,
// and a place to wait where it did not go.

import { l10n, type Uri } from 'vscode';
import type { FrozenPush } from '../gate/frozen.ts';
import type { LintGate } from '../gate/register.ts';
import { button, showProblem } from '../messages.ts';
import { showSignedOut, withSignal } from '../session/ask.ts';
import type { Session } from '../session/session.ts';
import { noOptions, type PushOptions } from './draft.ts';
import type { PendingPushes } from './pending-pushes.ts';
import { reasonOf, showPending } from './pending-shown.ts';
import { type Outcome, push, type Send } from './push-flow.ts';
import { showPushed, type ShownIn } from './show-pushed.ts';
import { showMoving, showNothing, type Source } from './source.ts';

/** How a push command ended. */
export type Pushed = Outcome<FrozenPush> | { readonly kind: 'signedOut' } | { readonly kind: 'nothingWaits' };

export interface PushParts extends ShownIn {
  readonly session: Session;
  readonly gate: LintGate;
  readonly pending: PendingPushes;
}

/** What is done with a way to send, a way to be given up, and a way to tell how far it is. */
export type PushTask = (
  sendDraft: Send,
  signal: AbortSignal,
  report: (message: string) => void,
) => Promise<Outcome<FrozenPush>>;

/** Checks what the source holds and sends it, under a request id of its own. */
export async function pushFrom(
  source: Source,
  parts: PushParts,
  options: PushOptions = noOptions,
): Promise<Pushed> {
  return run(parts, source.uri, source.isBig, (sendDraft, signal, report) =>
    pushOnce(source, { parts, sendDraft, options }, signal, (step) =>
      report(step === 'checking' ? l10n.t('checking…') : l10n.t('sending…')),
    ),
  );
}

/** The same without a word to anybody. */
async function pushOnce(
  source: Source,
  { parts, sendDraft, options }: { parts: PushParts; sendDraft: Send; options: PushOptions },
  signal: AbortSignal,
  report: (step: 'checking' | 'sending') => void,
): Promise<Outcome<FrozenPush>> {
  const gate = {
    freeze: source.freeze,
    check: (frozen: FrozenPush, given: AbortSignal) => parts.gate.check(frozen, given),
  };
  return push(gate, sendDraft, { options, requestId: crypto.randomUUID() }, signal, report);
}

/** Does a task of a signed-in person, and tells how it ended. */
export async function run(
  parts: PushParts,
  documentUri: Uri,
  canBeGivenUp: boolean,
  task: PushTask,
): Promise<Pushed> {
  const connection = await parts.session.get();
  if (!connection) {
    showSignedOut();
    return { kind: 'signedOut' };
  }
  const sendDraft: Send = (draft, signal) =>
    connection.call((client, given) => client.push(draft, given), signal);
  const outcome = await withSignal('pybin', canBeGivenUp, (signal, report) =>
    task(sendDraft, signal, report),
  );
  await conclude(outcome, documentUri.toString(), parts);
  return outcome;
}

async function conclude(outcome: Outcome<FrozenPush>, documentUri: string, parts: PushParts): Promise<void> {
  const { log, pending } = parts;
  switch (outcome.kind) {
    case 'pushed':
      pending.remove(documentUri);
      await showPushed(outcome.snippet, parts);
      return;
    case 'blocked':
    case 'unchecked':
    case 'unsent':
      log.warn(`Not pushed: ${reasonOf(outcome)}`);
      pending.add(outcome);
      showPending(outcome);
      return;
    case 'refused':
      log.warn(`Refused: ${outcome.problem.code}. ${outcome.problem.detail}`);
      showProblem(outcome.problem, button(l10n.t('Retry'), 'pybin.push'));
      return;
    case 'nothing':
      showNothing();
      return;
    case 'moving':
      showMoving();
      return;
    case 'canceled':
      return;
    default:
      outcome satisfies never;
  }
}
