// What waits and what can be done with it, to choose from: a click on the status bar opens it.

import { commands, l10n, type QuickPickItem, QuickPickItemKind, window, workspace } from 'vscode';
import type { PendingPush, PendingPushes } from './pending-pushes.ts';
import { type PendingAction, pendingActions, pendingMessage } from './pending-words.ts';
import { getOverride } from '../settings.ts';
import { showNothingWaits } from './getting.ts';

interface ActionItem extends QuickPickItem {
  readonly action?: PendingAction;
  readonly documentUri?: string;
}

export async function showPendingPush(pending: PendingPushes): Promise<void> {
  // The youngest first.
  const [youngest, ...others] = pending.all.toReversed();
  if (!youngest) {
    showNothingWaits(pending, undefined);
    return;
  }
  const isOnly = others.length === 0;
  const chosen = await window.showQuickPick(
    isOnly
      ? actionsOf(youngest)
      : [youngest, ...others].flatMap((each) => [headOf(each), ...actionsOf(each)]),
    {
      title: isOnly ? pendingMessage(youngest, l10n.t) : l10n.t('Several pushes wait'),
      placeHolder: l10n.t('What is to be done?'),
    },
  );
  if (chosen?.action) await commands.executeCommand(chosen.action.command, chosen.documentUri);
}

function headOf(each: PendingPush): ActionItem {
  return { label: pendingMessage(each, l10n.t), kind: QuickPickItemKind.Separator };
}

function actionsOf(each: PendingPush): ActionItem[] {
  const documentUri = each.frozen.uri.toString();
  return pendingActions(each, getOverride(workspace.getConfiguration()), l10n.t).map((action) => ({
    label: action.title,
    action,
    documentUri,
  }));
}
