// A notebook of the editor as the gate reads one.

import {
  type NotebookCell,
  NotebookCellKind,
  type NotebookDocument,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import type { FreezableNotebook } from './frozen.ts';

export function readNotebook(notebook: NotebookDocument): FreezableNotebook {
  const cells = notebook
    .getCells()
    .map(({ kind, document }) => ({ isCode: kind === NotebookCellKind.Code, document }));
  return { uri: notebook.uri, cells };
}

/** The notebook that a document is a cell of. */
export function getNotebookOf(document: { readonly uri: Uri }): FreezableNotebook | undefined {
  const key = document.uri.toString();
  const notebook = workspace.notebookDocuments.find((each) =>
    each.getCells().some((cell) => cell.document.uri.toString() === key),
  );
  return notebook && readNotebook(notebook);
}

export function codeOf(cells: readonly NotebookCell[]): TextDocument[] {
  return cells.filter(({ kind }) => kind === NotebookCellKind.Code).map(({ document }) => document);
}
