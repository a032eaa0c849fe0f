// Who may read a push, as a quick pick, and the question that comes before an account's first one.

import { l10n, type QuickPickItem, window } from 'vscode';
import { visibilities, type Visibility } from '../../shared/snippet.ts';
import type { Translate } from '../words.ts';
import type { AskVisibility } from './visibility-choice.ts';

function visibilityLabel(visibility: Visibility, t: Translate): string {
  switch (visibility) {
    case 'public':
      return t('Everybody');
    case 'unlisted':
      return t('Whoever has the link');
    case 'private':
      return t('Only you');
    default:
      return visibility satisfies never;
  }
}

function visibilityDetail(visibility: Visibility, t: Translate): string {
  switch (visibility) {
    case 'public':
      return t('At your own address, where anybody can look.');
    case 'unlisted':
      return t('Each push has a link that can’t be guessed.');
    case 'private':
      return t('Nobody else, not even by link.');
    default:
      return visibility satisfies never;
  }
}

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
    detail:
      visibility === 'public'
        ? l10n.t('At {0}, where anybody can look.', `${endpoint}/~${userId}`)
        : visibilityDetail(visibility, l10n.t),
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
