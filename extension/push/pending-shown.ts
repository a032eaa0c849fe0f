// What people and the log hear of a push when it begins to wait.

import { l10n, workspace } from 'vscode';
import { button, show } from '../messages.ts';
import { getOverride } from '../settings.ts';
import type { Waiting } from './pending-pushes.ts';
import { pendingActions, pendingMessage } from './pending-words.ts';

/** For the log: codes and counts, none of the text. */
export function reasonOf(pending: Waiting): string {
  switch (pending.kind) {
    case 'blocked':
      return pending.findings
        .map(({ tool, code, range }) => `${tool} ${code} in line ${range.start.line + 1}`)
        .join(', ');
    case 'unchecked':
      return pending.reason;
    default:
      return pending satisfies never;
  }
}

export function showPending(waiting: Waiting): void {
  const pending = { ...waiting, isWatched: false };
  const documentUri = pending.frozen.uri.toString();
  const override = getOverride(workspace.getConfiguration());
  const actions = pendingActions(pending, override, l10n.t)
    .filter(({ command }) => command !== 'pybin.discardPendingPush')
    .map(({ title, command }) => button(title, command, documentUri));
  const message = pendingMessage(pending, l10n.t);
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
