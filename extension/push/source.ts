// Where a text to push is frozen from, again and again while its document changes, and what people hear where
// there is none.

import { l10n, Range, Selection, type TextEditor, type Uri, window, workspace } from 'vscode';
import type { TextRange } from '../../shared/lint/range.ts';
import type { FrozenPush } from '../gate/frozen.ts';
import { show } from '../messages.ts';

export type Source = Pick<TextEditor, 'document' | 'selection'>;

/** The place of a text that waits; undefined where its document changed and nothing says what of it is meant now. */
export async function reopen(frozen: FrozenPush): Promise<Source | undefined> {
  const document = await workspace.openTextDocument(frozen.uri);
  if (frozen.wholeFile) return { document, selection: new Selection(0, 0, 0, 0) };
  if (document.version === frozen.version) return select(frozen.uri, toRange(frozen.range));
  return window.visibleTextEditors.find(
    (editor) => editor.document === document && !editor.selection.isEmpty,
  );
}

/** Shows a document with this part of it selected. */
export async function select(uri: Uri, selection: Range): Promise<TextEditor> {
  return window.showTextDocument(uri, { selection });
}

export function toRange({ start, end }: TextRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

export function showNothing(): { readonly kind: 'nothing' } {
  show('information', l10n.t('There is no text to push. Open a file, or select what to push.'));
  return { kind: 'nothing' };
}

export function showMoving(): { readonly kind: 'moving' } {
  show('warning', l10n.t('Not pushed: the text changed meanwhile. Push it again.'));
  return { kind: 'moving' };
}
