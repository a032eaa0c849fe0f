// Where a text to push is frozen from, again and again while its document changes, and what people hear where
// there is none.

import {
  l10n,
  type NotebookCell,
  type NotebookDocument,
  Selection,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { limits } from '../../shared/limits.ts';
import type { TextRange } from '../../shared/lint/range.ts';
import { type FreezableEditor, type FrozenPush, freeze, freezeNotebook } from '../gate/frozen.ts';
import { codeOf, getNotebookOf, readNotebook } from '../gate/notebooks.ts';
import { show } from '../messages.ts';

export interface Source {
  readonly uri: Uri;
  /** Is there so much text that its push may take long? */
  readonly isBig: boolean;
  readonly freeze: () => FrozenPush;
}

/** What is selected in an editor, or all of it where nothing is. */
export function fromEditor(editor: FreezableEditor): Source {
  const { document } = editor;
  return {
    uri: document.uri,
    isBig: isBig(document.getText()),
    freeze: () => freeze(editor, getNotebookOf(document)),
  };
}

/** All of a document. */
export function fromDocument(document: FreezableEditor['document']): Source {
  return fromEditor({ document, selections: [] });
}

/** The code of these cells of a notebook; that of all where there are none. */
function fromNotebook(notebook: NotebookDocument, cells: readonly NotebookCell[]): Source {
  const chosen = (): TextDocument[] => codeOf(cells.filter(({ index }) => index >= 0));
  return {
    uri: notebook.uri,
    isBig: codeOf(notebook.getCells()).some((document) => isBig(document.getText())),
    freeze: () => freezeNotebook(readNotebook(notebook), chosen()),
  };
}

/**
 * What is meant by "this": of a notebook the selected cells where there are several; else what the editor that has
 * the focus holds, a cell's too. An editor doesn't tell whether a cell is being edited or only chosen.
 */
export function getActive(): Source | undefined {
  const { notebook, selections } = window.activeNotebookEditor ?? {};
  const editor = window.activeTextEditor;
  if (!notebook) return editor && fromEditor(editor);
  const [cell, ...others] = (selections ?? []).flatMap((range) => notebook.getCells(range));
  if (cell && others.length > 0) return fromNotebook(notebook, [cell, ...others]);
  // Which editor has the focus is told a moment later than which cell.
  return editor && (!cell || editor.document === cell.document)
    ? fromEditor(editor)
    : cell && fromDocument(cell.document);
}

/** All code of the notebook that has the focus. */
export function getActiveNotebook(): Source | undefined {
  const { notebook } = window.activeNotebookEditor ?? {};
  return notebook && fromNotebook(notebook, []);
}

/** Is a text worth a way to give its push up? */
function isBig(text: string): boolean {
  // A character has at least one byte: near enough to show a button.
  return text.length >= limits.editor.bigTextBytes;
}

/**
 * The place of a text that waits; undefined where nobody can tell what of its document is meant now.
 * @param getRanges where the selected parts lie by now: edits move them while a text is checked, too
 */
export async function reopen(
  { uri, extent, parts }: FrozenPush,
  getRanges: () => readonly TextRange[] | undefined,
): Promise<Source | undefined> {
  const notebook = workspace.notebookDocuments.find((each) => each.uri.toString() === uri.toString());
  if (notebook) return fromNotebook(notebook, extent === 'whole' ? [] : cellsOf(parts, notebook));
  const document = await workspace.openTextDocument(uri);
  if (extent === 'whole') return fromDocument(document);
  const areFollowed = getRanges() !== undefined;
  const ranges = (): readonly TextRange[] => (areFollowed ? getRanges() : selectedIn(document)) ?? [];
  if (toSelections(ranges()).every(({ isEmpty }) => isEmpty)) return undefined;
  return fromEditor({
    document,
    get selections() {
      return neverWhole(ranges());
    },
  });
}

/** Ranges that stand for no text once they are emptied, where nothing selected would stand for the whole file. */
function neverWhole(ranges: readonly TextRange[]): FreezableEditor['selections'] {
  const start = { line: 0, character: 0 };
  const some = ranges.length > 0 ? ranges : [{ start, end: start }];
  return some.map((range) => ({ ...range, isEmpty: false }));
}

function selectedIn(document: TextDocument): readonly TextRange[] {
  return window.visibleTextEditors.find((each) => each.document === document)?.selections ?? [];
}

function cellsOf(parts: FrozenPush['parts'], notebook: NotebookDocument): NotebookCell[] {
  const keys = new Set(parts.map(({ document }) => document.uri.toString()));
  return notebook.getCells().filter(({ document }) => keys.has(document.uri.toString()));
}

/** These parts of a document, selected where it is shown. */
export async function fromRanges(document: TextDocument, ranges: readonly TextRange[]): Promise<Source> {
  const selections = toSelections(ranges);
  if (!getNotebookOf(document)) (await window.showTextDocument(document)).selections = selections;
  return fromEditor({ document, selections });
}

function toSelections(ranges: readonly TextRange[]): Selection[] {
  return ranges.map(({ start, end }) => new Selection(start.line, start.character, end.line, end.character));
}

export function showNothing(): { readonly kind: 'nothing' } {
  show('information', l10n.t('There is no text to push. Open a file, or select what to push.'));
  return { kind: 'nothing' };
}

export function showMoving(): { readonly kind: 'moving' } {
  show('warning', l10n.t('Not pushed: the text changed meanwhile. Push it again.'));
  return { kind: 'moving' };
}
