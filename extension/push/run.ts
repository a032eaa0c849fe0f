// One push from its source to what people hear of it: with progress, a way to give it up where it is large,
// and a place to wait where it did not go.

import { l10n, type Uri } from 'vscode';
import type { Push } from '../../shared/client.ts';
import type { FrozenPush } from '../gate/frozen.ts';
import type { LintGate } from '../gate/register.ts';
import { button, show, showProblem } from '../messages.ts';
import { showQueued, showQueueFull } from '../queue/queue-messages.ts';
import { placeLabel } from '../place.ts';
import { piecesOf } from '../queue/pieces.ts';
import type { Queue } from '../queue/queue.ts';
import { askAboutSecrets } from '../secrets/secrets.ts';
import { withSignal } from '../session/ask.ts';
import { noOptions, type PushOptions, withReason } from './draft.ts';
import type { NothingWaits } from '../pending/getting.ts';
import type { PendingPushes } from '../pending/pending-pushes.ts';
import type { OriginChoice } from './origin-choice.ts';
import { reasonOf, type ShowPending, showPending } from '../pending/pending-shown.ts';
import { formatFirst } from './format-first.ts';
import { type Deliver, type Outcome, push } from './push-flow.ts';
import type { Session } from '../session/session.ts';
import { wordsFor } from '../words.ts';
import { type Choice, needsChoice, type VisibilityChoice } from './visibility-choice.ts';
import { showPushed, type ShownIn } from './show-pushed.ts';
import { showMoving, showNothing, type Source } from './source.ts';

/** How a push command ended. */
export type Pushed = Outcome<FrozenPush> | NothingWaits;

export interface PushParts extends ShownIn {
  readonly session: Session;
  readonly choice: VisibilityChoice;
  readonly origin: OriginChoice;
  readonly queue: Queue;
  readonly gate: LintGate;
  readonly pending: PendingPushes;
}

/** Formats what the source holds where that is asked for, checks it, and sends it under a request id of its own. */
export async function pushFrom(
  given: Source,
  parts: PushParts,
  options: PushOptions = noOptions,
  showWaiting: ShowPending = showPending,
): Promise<Pushed> {
  const source = await formatFirst(given);
  const outcome = await withProgress(source, (signal, report) =>
    pushOnce(source, { ...parts, options }, signal, report),
  );
  await conclude(outcome, source.uri, parts, showWaiting);
  return outcome;
}

/** Between its check and its way to the edge its author may be asked something. */
type Step = 'checking' | 'asking' | 'sending';

/** Runs a push with progress, and with a way to give it up where the text is large. */
export async function withProgress(
  { isBig }: Pick<Source, 'isBig'>,
  task: (signal: AbortSignal, report: (step: Step) => void) => Promise<Outcome<FrozenPush>>,
): Promise<Outcome<FrozenPush>> {
  return withSignal('pybin', isBig, (signal, report) => task(signal, (step) => report(stepMessage(step))));
}

function stepMessage(step: Step): string {
  switch (step) {
    case 'checking':
      return l10n.t('checking…');
    case 'asking':
      return l10n.t('waiting for your answer…');
    case 'sending':
      return l10n.t('sending…');
    default:
      return step satisfies never;
  }
}

/** Checks and sends without a word to anybody. */
export async function pushOnce(
  { freeze }: Source,
  how: Pick<PushParts, 'session' | 'choice' | 'origin' | 'queue'> & {
    readonly gate: Pick<LintGate, 'check'>;
    readonly options: PushOptions;
  },
  signal: AbortSignal,
  report: (step: Step) => void,
): Promise<Outcome<FrozenPush>> {
  const { gate, origin, queue, options } = how;
  const check = (frozen: FrozenPush, given: AbortSignal) => gate.check(frozen, given);
  const deliver: Deliver<FrozenPush> = async (draft, frozen, given) => {
    const verdict = await askAboutSecrets(frozen);
    if (verdict.kind === 'kept') return { kind: 'secretKept', secrets: verdict.secrets };
    const allowed = verdict.kind === 'allowed' ? withReason(draft, verdict.reason) : draft;
    report('asking');
    const choice = await makeChoice(allowed, how);
    if (choice?.kind === 'open' || given.aborted) return { kind: 'canceled' };
    const answer = await origin.get(frozen);
    if (answer.kind === 'open') return { kind: 'canceled' };
    const whole = { ...allowed, origin: answer.origin };
    report('sending');
    const delivered = await queue.send(whole, piecesOf(frozen), given);
    // It waits for the edge, which alone knows whether there is anything to choose.
    return delivered.kind === 'queued' && delivered.why === 'unchosen' && choice?.kind === 'unknown'
      ? { ...delivered, why: choice.problem }
      : delivered;
  };
  return push({ freeze, check }, deliver, { options, requestId: crypto.randomUUID() }, signal, report);
}

/** Asks who may read it where that isn't said yet; undefined where it need not be. */
async function makeChoice(
  draft: Push,
  { session, choice }: Pick<PushParts, 'session' | 'choice'>,
): Promise<Choice | undefined> {
  const connection = needsChoice(draft) ? await session.get() : undefined;
  return connection && choice.make(connection);
}

/** Notes how a push ended, and tells it. */
export async function conclude(
  outcome: Outcome<FrozenPush>,
  documentUri: Uri,
  parts: PushParts,
  showWaiting: ShowPending = showPending,
): Promise<void> {
  note(outcome, documentUri, parts);
  await tell(outcome, parts, showWaiting);
}

/** Notes in the log, and among what waits, how a push ended. Says it to nobody. */
export function note(
  outcome: Outcome<FrozenPush>,
  documentUri: Uri,
  { log, pending }: Pick<PushParts, 'log' | 'pending'>,
): void {
  switch (outcome.kind) {
    case 'pushed':
      log.info(`Pushed #${outcome.snippet.number}, ${outcome.snippet.sizeBytes} bytes.`);
      pending.remove(documentUri.toString(), { kind: 'pushed', number: outcome.snippet.number });
      return;
    case 'blocked':
    case 'unchecked':
      log.warn(`Not pushed: ${reasonOf(outcome)}`);
      pending.add(outcome);
      return;
    case 'queued':
      // What waits of the same document is older than what was checked and kept now.
      pending.remove(documentUri.toString(), { kind: 'queued' });
      return;
    case 'secretKept':
      log.warn(
        `Not pushed: ${outcome.secrets.map(({ what, place }) => `${what} (${placeLabel(place, l10n.t)})`).join(', ')}`,
      );
      return;
    case 'refused':
      log.warn(`Refused: ${outcome.problem.code}. ${outcome.problem.detail}`);
      return;
    case 'nothing':
    case 'moving':
    case 'queueFull':
    case 'canceled':
      return;
    default:
      outcome satisfies never;
  }
}

async function tell(outcome: Outcome<FrozenPush>, parts: PushParts, showWaiting: ShowPending): Promise<void> {
  switch (outcome.kind) {
    case 'pushed':
      await showPushed(outcome.snippet, parts);
      return;
    case 'blocked':
    case 'unchecked':
      showWaiting(outcome);
      return;
    case 'queued':
      showQueued(outcome);
      return;
    case 'queueFull':
      showQueueFull();
      return;
    case 'refused':
      if (outcome.problem.code === 'alias_taken')
        show(
          'error',
          wordsFor(outcome.problem, l10n.t).message,
          button(l10n.t('Change Options…'), 'pybin.pushWithOptions'),
        );
      else showProblem(outcome.problem, button(l10n.t('Retry'), 'pybin.push'));
      return;
    case 'nothing':
      showNothing();
      return;
    case 'moving':
      showMoving();
      return;
    // Its author was asked, and said no.
    case 'secretKept':
    case 'canceled':
      return;
    default:
      outcome satisfies never;
  }
}
