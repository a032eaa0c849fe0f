// Where a text to push is frozen from, again and again while its document changes, and what people hear where
// there is none.

import { l10n, Range, Selection, type Uri, window, workspace } from 'vscode';
import { limits } from '../../shared/limits.ts';
import type { TextRange } from '../../shared/lint/range.ts';
import { type FreezableEditor, type FrozenPush, freeze } from '../gate/frozen.ts';
import { show } from '../messages.ts';

export interface Source {
  readonly uri: Uri;
  /** Is there so much text that its push may take long? */
  readonly isBig: boolean;
  readonly freeze: () => FrozenPush;
}

/** The selection of an editor, or all of it where nothing is selected. */
export function fromEditor(editor: FreezableEditor): Source {
  const { document } = editor;
  return { uri: document.uri, isBig: isBig(document.getText()), freeze: () => freeze(editor) };
}

/** All of a document. */
export function fromDocument(document: FreezableEditor['document']): Source {
  return fromEditor({ document, selection: new Selection(0, 0, 0, 0) });
}

/** Is a text worth a way to give its push up? */
export function isBig(text: string): boolean {
  // A character has at least one byte: near enough to show a button.
  return text.length >= limits.editor.bigTextBytes;
}

/** The place of a text that waits; undefined where its document changed and nothing says what of it is meant now. */
export async function reopen(frozen: FrozenPush): Promise<Source | undefined> {
  const document = await workspace.openTextDocument(frozen.uri);
  if (frozen.wholeFile) return fromDocument(document);
  if (document.version === frozen.version) return select(frozen.uri, toRange(frozen.range));
  const editor = window.visibleTextEditors.find(
    (each) => each.document === document && !each.selection.isEmpty,
  );
  return editor && fromEditor(editor);
}

/** Shows a document with this part of it selected. */
export async function select(uri: Uri, selection: Range): Promise<Source> {
  return fromEditor(await window.showTextDocument(uri, { selection }));
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
