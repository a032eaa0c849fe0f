// A question about what is on show: it stays open while one looks around, and Escape is a no.

import { l10n, type QuickPickItem, window } from 'vscode';
import type { Confirm } from '../../messages.ts';

export const confirmBeside: Confirm = async ({ message, detail, yes }) => {
  const apply: QuickPickItem = { label: `$(check) ${yes}` };
  const leave: QuickPickItem = { label: `$(close) ${l10n.t('Leave It as It Is')}` };
  const chosen = await window.showQuickPick([apply, leave], {
    title: message,
    placeHolder: detail,
    ignoreFocusOut: true,
  });
  return chosen === apply;
};
