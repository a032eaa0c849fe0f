// The queue's commands: sends what waits now, and shows it, with what can be done with each.

import { l10n } from 'vscode';
import { button, type Confirm, show, showProblem } from '../messages.ts';
import { openText } from '../pull/open-text.ts';
import type { PushOptions } from '../push/draft.ts';
import { pushFrom, type PushParts } from '../push/run.ts';
import { showPushed } from '../push/show-pushed.ts';
import { fromDocument } from '../push/source.ts';
import { showSignedOut, withSignal } from '../session/ask.ts';
import type { Passed } from './pass.ts';
import { getDocument, isUnchanged } from './pieces.ts';
import { type Chosen, type Deed, pickDeed, pickQueued, type Waiting } from './queue-pick.ts';
import { isOver, overMessage } from './queue-words.ts';
import { isFor, isOld } from './queued-push.ts';

export interface QueueCommandParts extends PushParts {
  readonly confirm: Confirm;
}

/** How a look at the queue ended. */
export type QueueEnd = Deed | 'sendAll' | 'dismissed' | 'nothingWaits' | 'kept';

/** Tries now to send all that waits. */
export async function sendQueue(
  parts: QueueCommandParts,
): Promise<Passed | 'signedOut' | 'unchosen' | 'nothingWaits'> {
  await parts.queue.refresh();
  if (parts.queue.items.length === 0) return showNothingWaits();
  return send(parts, undefined);
}

/** Shows what waits, and does with it what is chosen. */
export async function showQueue(parts: QueueCommandParts): Promise<QueueEnd> {
  await parts.queue.refresh();
  if (parts.queue.items.length === 0) return showNothingWaits();
  const chosen = await pickQueued(await lookAtAll(parts));
  if (chosen === undefined) return 'dismissed';
  if (chosen === 'sendAll') {
    await send(parts, undefined);
    return 'sendAll';
  }
  const deed = await pickDeed(chosen);
  if (deed === undefined) return 'dismissed';
  return (await done(deed, chosen, parts)) ? deed : 'kept';
}

async function lookAtAll({ queue, session }: QueueCommandParts): Promise<Waiting[]> {
  const connection = await session.get();
  const all: Waiting[] = [];
  for (const shelved of queue.items) {
    const look = await queue.look(shelved.requestId);
    if (look.kind === 'gone') continue;
    if (look.kind === 'damaged') {
      all.push({ ...shelved, kind: 'damaged' });
      continue;
    }
    const { queued } = look;
    const isOurs = connection === undefined || isFor(queued, connection);
    const isChanged = !queued.asItWas && !(await isUnchanged(queued));
    const waited = { isOurs, isChanged, isOld: isOld(queued, Date.now()) };
    all.push({ ...shelved, kind: 'whole', queued, ...waited });
  }
  return all;
}

async function done(deed: Deed, chosen: Chosen, parts: QueueCommandParts): Promise<boolean> {
  switch (deed) {
    case 'send':
      await send(parts, chosen.requestId);
      return true;
    case 'sendHere':
      await parts.queue.readdress(chosen.requestId);
      await send(parts, chosen.requestId);
      return true;
    case 'pushAsItIs':
      return pushAsItIs(chosen, parts);
    case 'open':
      if (chosen.kind === 'whole') await openText(chosen.queued.draft.text, chosen.queued.draft.language);
      return true;
    case 'discard':
      return discard(chosen, parts);
    default:
      return deed satisfies never;
  }
}

/** The file as it is now takes the place of what waits, once it has been checked and has got as far. */
async function pushAsItIs(chosen: Chosen, parts: QueueCommandParts): Promise<boolean> {
  const [piece] = chosen.kind === 'whole' ? chosen.queued.from : [];
  const document = piece && (await getDocument(piece));
  if (!document || chosen.kind !== 'whole') return false;
  const { description, visibility, ttlSeconds, alias, burnReads } = chosen.queued.draft;
  const options: PushOptions = { description, visibility, ttlSeconds, alias, burnReads };
  const outcome = await pushFrom(fromDocument(document), parts, options);
  if (outcome.kind !== 'pushed' && outcome.kind !== 'queued') return false;
  await parts.queue.discard(chosen.requestId);
  return true;
}

async function discard(chosen: Chosen, { queue, confirm }: QueueCommandParts): Promise<boolean> {
  const isMeant = await confirm({
    message: l10n.t('Discard this push?'),
    detail: l10n.t(
      'It is not sent. What was kept of it is deleted; the file that it is from is not touched.',
    ),
    yes: l10n.t('Discard'),
  });
  if (isMeant) await queue.discard(chosen.requestId);
  return isMeant;
}

async function send(
  parts: QueueCommandParts,
  only: string | undefined,
): Promise<Passed | 'signedOut' | 'unchosen'> {
  const connection = await parts.session.get();
  const choice = connection && (await parts.choice.make(connection));
  if (choice?.kind === 'unknown') {
    showProblem(choice.problem, button(l10n.t('Send Now'), 'pybin.sendQueue'));
    return 'unchosen';
  }
  const passed = await withSignal(l10n.t('pybin: sending what waits…'), true, (signal) =>
    parts.queue.sendNow(only, signal),
  );
  if (passed === 'signedOut') {
    await showSignedOut(parts.session);
    return passed;
  }
  const retry = button(l10n.t('Send Now'), 'pybin.sendQueue');
  const nowMs = Date.now();
  const last = passed.sent.findLast(({ snippet }) => !isOver(snippet, nowMs));
  if (last) await showPushed(last.snippet, parts);
  else if (passed.sent.length > 0) show('information', overMessage(passed, nowMs, l10n.t));
  const [refused] = passed.refused;
  if (passed.stopped && passed.stopped.code !== 'canceled') showProblem(passed.stopped, retry);
  else if (refused) showProblem(refused.problem, retry);
  else if (parts.queue.items.length > 0 && !passed.stopped)
    show(
      'information',
      passed.sent.length === 0
        ? l10n.t('Nothing was sent: what waits needs your word, or is for another account or window.')
        : l10n.t('Sent. What still waits needs your word, or is for another account or window.'),
      button(l10n.t('Show Queue'), 'pybin.showQueue'),
    );
  return passed;
}

function showNothingWaits(): 'nothingWaits' {
  show('information', l10n.t('No push waits to be sent.'));
  return 'nothingWaits';
}
