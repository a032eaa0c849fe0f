// What waits and what can be done with it, to choose from: a click on the status bar opens it.

import { commands, l10n, type QuickPickItem, QuickPickItemKind, window, workspace } from 'vscode';
import type { PendingPushes } from './pending-pushes.ts';
import { type PendingAction, pendingActions, pendingMessage } from './pending-words.ts';
import { getOverride } from '../settings.ts';
import { showNothingWaits } from './getting.ts';

interface ActionItem extends QuickPickItem {
  readonly action?: PendingAction;
  readonly documentUri?: string;
}

export async function showPendingPush(pending: PendingPushes): Promise<void> {
  const items = itemsOf(pending);
  if (items.length === 0) {
    showNothingWaits(pending, undefined);
    return;
  }
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('A push waits'),
    placeHolder: l10n.t('What is to be done?'),
  });
  if (chosen?.action) await commands.executeCommand(chosen.action.command, chosen.documentUri);
}

/** The youngest first, each with its own actions. */
function itemsOf(pending: PendingPushes): ActionItem[] {
  const override = getOverride(workspace.getConfiguration());
  return pending.all.toReversed().flatMap((each): ActionItem[] => {
    const documentUri = each.frozen.uri.toString();
    return [
      { label: pendingMessage(each, l10n.t), kind: QuickPickItemKind.Separator },
      ...pendingActions(each, override, l10n.t).map((action) => ({
        label: action.title,
        action,
        documentUri,
      })),
    ];
  });
}
