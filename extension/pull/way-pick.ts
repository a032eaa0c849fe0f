// The question what to do with the text of a snippet: all ways that there are in this editor now.

import { l10n, window } from 'vscode';
import { getPlace } from './pull.ts';
import { type Pullable, type Way, wayLabel, waysFor } from './ways.ts';

/** Asks what to do with a snippet; undefined: nothing. */
export async function pickWay(snippet: Pullable & { readonly number: number }): Promise<Way | undefined> {
  const place = getPlace();
  const chosen = await window.showQuickPick(
    waysFor(snippet, place).map((way) => ({ label: wayLabel(way, snippet, place, l10n.t), way })),
    { title: l10n.t('pybin: Pull #{0}', snippet.number), placeHolder: l10n.t('What to do with its text?') },
  );
  return chosen?.way;
}
