// A notebook of the editor as the gate reads one.

import * as vscode from 'vscode';
import type { FreezableNotebook } from './frozen.ts';

export function readNotebook(notebook: vscode.NotebookDocument): FreezableNotebook {
  const cells = notebook
    .getCells()
    .map(({ kind, document }) => ({ isCode: kind === vscode.NotebookCellKind.Code, document }));
  return { uri: notebook.uri, cells };
}

/** The notebook that a document is a cell of. */
export function getNotebookOf(document: { readonly uri: vscode.Uri }): FreezableNotebook | undefined {
  const key = document.uri.toString();
  const notebook = vscode.workspace.notebookDocuments.find((each) =>
    each.getCells().some((cell) => cell.document.uri.toString() === key),
  );
  return notebook && readNotebook(notebook);
}

export function codeOf(cells: readonly vscode.NotebookCell[]): vscode.TextDocument[] {
  return cells.filter(({ kind }) => kind === vscode.NotebookCellKind.Code).map(({ document }) => document);
}
