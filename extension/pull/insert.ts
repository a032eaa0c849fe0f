// A text into an editor: where its cursors are, in place of what is selected, standing as the place does.

import { EndOfLine, type Range, Selection, type TextDocument, type TextEditor } from 'vscode';
import { withoutByteOrderMark } from './open-text.ts';
import { reindent } from './reindent.ts';

export interface Insertable {
  readonly text: string;
  readonly language: string;
}

const LEADING_BLANKS = /^[ \t]*/;

/** One edit, and so one undo step, whatever the number of cursors. False where the editor takes none. */
export async function insert(editor: TextEditor, snippet: Insertable): Promise<boolean> {
  const { document } = editor;
  const { version } = document;
  const done = await editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, textFor(document, selection, snippet));
  });
  // An editor that can't be written says that it was done, and changes nothing.
  if (!done || document.version === version) return false;
  // As after a paste: the cursor stands behind what came in.
  editor.selections = editor.selections.map(({ end }) => new Selection(end, end));
  editor.revealRange(editor.selection);
  return true;
}

/** The text as it stands in place of a range: with the place's indentation and the document's line ends. */
export function textFor(document: TextDocument, { start, end }: Range, snippet: Insertable): string {
  const line = document.lineAt(start).text;
  return reindent(withoutByteOrderMark(snippet.text), snippet.language || document.languageId, {
    indentation: LEADING_BLANKS.exec(line)?.[0] ?? '',
    before: line.slice(0, start.character),
    after: document.lineAt(end).text.slice(end.character),
    eol: document.eol === EndOfLine.CRLF ? '\r\n' : '\n',
  });
}
