// Where the text of a push came from, as far as that can be looked at again later: files. An untitled text's name,
// and a notebook cell's, may be another's by then.

import { type TextDocument, Uri, workspace } from 'vscode';
import type { FrozenPush } from '../gate/frozen.ts';
import { isStillIn, type Piece, type QueuedPush } from './queued-push.ts';

const PASSING_SCHEMES: ReadonlySet<string> = new Set(['untitled', 'vscode-notebook-cell', 'pybin-clipboard']);

export function piecesOf({ parts, extent }: FrozenPush): Piece[] {
  return parts
    .filter(({ document }) => !PASSING_SCHEMES.has(document.uri.scheme))
    .map(({ document, text }) => ({
      uri: document.uri.toString(),
      isWhole: extent === 'whole',
      text: parts.length === 1 ? undefined : text,
    }));
}

/** Do the files still hold what was pushed from them? One that is gone, or can't be read here, says nothing. */
export async function isUnchanged(queued: QueuedPush): Promise<boolean> {
  for (const piece of queued.from) {
    const document = await getDocument(piece);
    if (document && !isStillIn(queued, piece, document.getText())) return false;
  }
  return true;
}

/** The document of a piece, opened where it isn't yet; undefined where it can't be. */
export async function getDocument({ uri }: Piece): Promise<TextDocument | undefined> {
  try {
    return await workspace.openTextDocument(Uri.parse(uri, true));
  } catch {
    return undefined;
  }
}
