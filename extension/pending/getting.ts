// Which of the pushes that wait is meant, and what is said where none does.

import { l10n, window } from 'vscode';
import { show } from '../messages.ts';
import type { PendingPush, PendingPushes } from './pending-pushes.ts';
import { reopen, type Source } from '../push/source.ts';

/** What waits of the named document; of the active one, or of any, where none is named. */
export function getWaiting(pending: PendingPushes, documentUri: string | undefined): PendingPush | undefined {
  if (documentUri !== undefined) return pending.get(documentUri);
  const active = [window.activeTextEditor?.document.uri, window.activeNotebookEditor?.notebook.uri];
  const ofActive = active.map((uri) => uri && pending.get(uri.toString())).find((each) => each !== undefined);
  return ofActive ?? pending.all.at(-1);
}

/** Where what waits is pushed from now; undefined where nobody can tell what of its document is meant. */
export function reopenWaiting(pending: PendingPushes, { frozen }: PendingPush): Promise<Source | undefined> {
  return reopen(frozen, () => pending.getRanges(frozen.uri.toString()));
}

export function showNothingWaits(): { readonly kind: 'nothingWaits' } {
  show('information', l10n.t('No push waits.'));
  return { kind: 'nothingWaits' };
}
