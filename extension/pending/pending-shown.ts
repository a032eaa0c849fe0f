// What people and the log hear of a push when it begins to wait.

import { l10n, workspace } from 'vscode';
import { button, show } from '../messages.ts';
import { placeLabel, placeOfFinding } from '../place.ts';
import { getOverride } from '../settings.ts';
import type { PendingPush, Waiting } from './pending-pushes.ts';
import { pendingActions, type PendingCommand, pendingMessage } from './pending-words.ts';

/** For the log: codes and counts, none of the text. */
export function reasonOf(pending: Waiting): string {
  switch (pending.kind) {
    case 'blocked':
      return pending.findings
        .map((finding) => {
          const place = placeLabel(placeOfFinding(pending.frozen, finding), l10n.t);
          return `${finding.tool} ${finding.code} (${place})`;
        })
        .join(', ');
    case 'unchecked':
      return pending.reason;
    default:
      return pending satisfies never;
  }
}

export type ShowPending = (waiting: Waiting) => void;

/** Buttons of a toast: more are cut. All that can be done is one click on the status bar away. */
const SHOWN_ACTIONS = 3;

export const showPending: ShowPending = (waiting) =>
  showWaiting(waiting, pendingMessage(waiting, l10n.t), ['pybin.discardPendingPush']);

/** After the tools fixed what they could: to let them try again leads nowhere. */
export const showUnfixed: ShowPending = (waiting) =>
  showWaiting(waiting, l10n.t('No tool can fix the rest. {0}', pendingMessage(waiting, l10n.t)), [
    'pybin.fixAllAndPush',
    'pybin.discardPendingPush',
  ]);

function showWaiting(waiting: Waiting, message: string, without: readonly PendingCommand[]): void {
  const pending: PendingPush = { ...waiting, isWatched: false };
  const documentUri = pending.frozen.uri.toString();
  const override = getOverride(workspace.getConfiguration());
  const all = pendingActions(pending, override, l10n.t).filter(({ command }) => !without.includes(command));
  const actions = all
    .filter(({ command }) => all.length <= SHOWN_ACTIONS || command !== 'pybin.pushWhenClean')
    .map(({ title, command }) => button(title, command, documentUri));
  switch (pending.kind) {
    case 'blocked':
      show('warning', message, ...actions);
      return;
    case 'unchecked':
      show('error', message, ...actions, button(l10n.t('Show Log'), 'pybin.showLog'));
      return;
    default:
      pending satisfies never;
  }
}
