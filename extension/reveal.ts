// Goes to a place in a document, a notebook's cell too: its own editor is the notebook's.

import { NotebookRange, Selection, type Uri, window, workspace } from 'vscode';
import type { TextRange } from '../shared/lint/range.ts';

export async function reveal(uri: Uri, { start, end }: TextRange): Promise<void> {
  const selection = new Selection(start.line, start.character, end.line, end.character);
  const key = uri.toString();
  for (const notebook of workspace.notebookDocuments) {
    const cell = notebook.getCells().find(({ document }) => document.uri.toString() === key);
    if (!cell) continue;
    await window.showNotebookDocument(notebook, {
      selections: [new NotebookRange(cell.index, cell.index + 1)],
    });
    const editor = window.visibleTextEditors.find(({ document }) => document.uri.toString() === key);
    if (editor) editor.selection = selection;
    return;
  }
  await window.showTextDocument(uri, { selection });
}
