// The question that comes before an account's first push: who may read it.

import { l10n, type QuickPickItem, window } from 'vscode';
import { visibilities, type Visibility } from '../../shared/snippet.ts';
import type { AskVisibility } from './visibility-choice.ts';
import { visibilityDetail, visibilityLabel } from './visibility-words.ts';

/** Asks with nothing preselected: who presses Enter without looking has not chosen. */
export const askVisibility: AskVisibility = async (userId, endpoint) => {
  const pick = window.createQuickPick<QuickPickItem & { visibility: Visibility }>();
  pick.title = l10n.t('pybin: Who may read what you push?');
  pick.placeholder = l10n.t(
    'Asked once, for {0} at {1}. Any push can say otherwise.',
    userId,
    new URL(endpoint).host,
  );
  pick.ignoreFocusOut = true;
  pick.items = visibilities.map((visibility) => ({
    label: visibilityLabel(visibility, l10n.t),
    detail: visibilityDetail(visibility, `${endpoint}/~${userId}`, l10n.t),
    visibility,
  }));
  const { promise, resolve } = Promise.withResolvers<Visibility | undefined>();
  pick.onDidAccept(() => {
    const [chosen] = pick.selectedItems;
    if (!chosen) return;
    resolve(chosen.visibility);
    pick.hide();
  });
  pick.onDidHide(() => resolve(undefined));
  pick.show();
  pick.activeItems = [];
  try {
    return await promise;
  } finally {
    pick.dispose();
  }
};
