// What people and the log hear of a push when it begins to wait.

import { l10n } from 'vscode';
import { button, show } from '../messages.ts';
import type { PendingPush } from './pending-pushes.ts';
import { pendingActions, pendingMessage } from './pending-words.ts';

/** For the log: codes and counts, none of the text. */
export function reasonOf(pending: PendingPush): string {
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

export function showPending(pending: PendingPush): void {
  const documentUri = pending.frozen.uri.toString();
  const message = pendingMessage(pending, l10n.t);
  const retry = button(l10n.t('Retry'), 'pybin.retryPush', documentUri);
  switch (pending.kind) {
    case 'blocked':
      show(
        'warning',
        message,
        ...pendingActions(pending, l10n.t)
          .filter(({ command }) => command !== 'pybin.discardPendingPush')
          .map(({ title, command }) => button(title, command, documentUri)),
      );
      return;
    case 'unchecked':
      show('error', message, retry, button(l10n.t('Show Log'), 'pybin.showLog'));
      return;
    default:
      pending satisfies never;
  }
}
