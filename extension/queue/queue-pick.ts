// The queue as a quick pick: what waits, oldest first, why it does, and what can be done with it.
// It only asks: nothing here changes anything.

import { l10n, type QuickPickItem, window } from 'vscode';
import { spokenAge } from '../stack/age.ts';
import type { Translate } from '../words.ts';
import { wordsFor } from '../words.ts';
import { factsOf, nameOf } from './queue-words.ts';
import type { QueuedPush } from './queued-push.ts';
import type { Shelved } from './shelf.ts';

/** One that waits. */
export type Waiting = Shelved &
  (
    | {
        readonly kind: 'whole';
        readonly queued: QueuedPush;
        /** Whoever is signed in now may send it. */
        readonly isOurs: boolean;
        readonly isChanged: boolean;
        /** It goes by its author's word alone. */
        readonly isOld: boolean;
      }
    | { readonly kind: 'damaged' }
  );
export type Chosen = Waiting;

/** What is done with one: sent as it was, sent for whoever is signed in now, the file pushed as it is now, opened, given up. */
export type Deed = 'send' | 'sendHere' | 'pushAsItIs' | 'open' | 'discard';

export async function pickQueued(all: readonly Waiting[]): Promise<Chosen | 'sendAll' | undefined> {
  const items: (QuickPickItem & { chosen: Chosen | 'sendAll' })[] = [
    { label: `$(cloud-upload) ${l10n.t('Send All Now')}`, chosen: 'sendAll' },
    ...all.map((waiting) => ({ ...toItem(waiting, Date.now(), l10n.t), chosen: waiting })),
  ];
  const picked = await window.showQuickPick(items, {
    title: l10n.t('pybin: Pushes That Wait'),
    placeHolder: l10n.t('Oldest first, as they are sent'),
    matchOnDescription: true,
  });
  return picked?.chosen;
}

export async function pickDeed(chosen: Chosen): Promise<Deed | undefined> {
  const items = deedsFor(chosen).map((deed) => ({ label: deedLabel(deed, chosen, l10n.t), deed }));
  const title =
    chosen.kind === 'whole' ? nameOf(chosen.queued.draft, l10n.t) : l10n.t('pybin: Pushes That Wait');
  const placeHolder = l10n.t('What is to be done?');
  return (await window.showQuickPick(items, { title, placeHolder }))?.deed;
}

/** What can be done with one, most useful first. */
function deedsFor(waiting: Waiting): Deed[] {
  if (waiting.kind === 'damaged') return ['discard'];
  if (!waiting.isOurs) return ['sendHere', 'open', 'discard'];
  const [piece, ...others] = waiting.queued.from;
  const isFile = piece?.isWhole === true && others.length === 0;
  return waiting.isChanged && isFile
    ? ['send', 'pushAsItIs', 'open', 'discard']
    : ['send', 'open', 'discard'];
}

function deedLabel(deed: Deed, waiting: Waiting, t: Translate): string {
  switch (deed) {
    case 'send':
      return waiting.kind === 'whole' && waiting.isChanged ? t('Send It as It Was') : t('Send Now');
    case 'sendHere':
      return t('Push It for Whoever Is Signed In Now');
    case 'pushAsItIs':
      return t('Push the File as It Is Now');
    case 'open':
      return t('Open What Was Pushed');
    case 'discard':
      return t('Discard…');
    default:
      return deed satisfies never;
  }
}

function toItem(waiting: Waiting, nowMs: number, t: Translate): QuickPickItem {
  if (waiting.kind === 'damaged')
    return {
      label: `$(error) ${t('A push that can’t be read')}`,
      description: spokenAge(waiting.queuedAtMs, nowMs, t),
      detail: t('Its file is damaged, or the keyring has lost its key.'),
    };
  const { queued, isOurs, isChanged, isOld } = waiting;
  const { userId, endpoint } = queued.to;
  const base = { description: factsOf(queued, nowMs, t) };
  const name = nameOf(queued.draft, t);
  if (!isOurs)
    return {
      ...base,
      label: `$(account) ${name}`,
      detail: userId ? t('For {0} at {1}', userId, endpoint) : t('For {0}', endpoint),
    };
  if (queued.refusal)
    return { ...base, label: `$(warning) ${name}`, detail: wordsFor(queued.refusal, t).message };
  if (isOld)
    return {
      ...base,
      label: `$(history) ${name}`,
      detail: t('It has waited for a month, and may have arrived already: look at your stack and history.'),
    };
  if (isChanged)
    return { ...base, label: `$(diff) ${name}`, detail: t('The file changed after you pushed it.') };
  return { ...base, label: `$(clock) ${name}` };
}
