// Which of the pushes that wait is meant, and what is said where none does.

import { l10n, window } from 'vscode';
import { button, show } from '../messages.ts';
import type { PendingEnd, PendingPush, PendingPushes } from './pending-pushes.ts';
import { reopen, type Source } from '../push/source.ts';
import { endMessage } from './pending-words.ts';

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

export interface NothingWaits {
  readonly kind: 'nothingWaits';
  /** What became of the one that was meant, where one was. */
  readonly end: PendingEnd | undefined;
}

/** A message's button is pressed when what it was about may long be over: then that is said. */
export function showNothingWaits(pending: PendingPushes, documentUri: string | undefined): NothingWaits {
  const end = documentUri === undefined ? undefined : pending.getEnd(documentUri);
  const buttons = end?.kind === 'queued' ? [button(l10n.t('Show Queue'), 'pybin.showQueue')] : [];
  show('information', endMessage(end, l10n.t), ...buttons);
  return { kind: 'nothingWaits', end };
}
