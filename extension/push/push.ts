// The commands that begin a push.

import { window } from 'vscode';
import { pushFrom, type Pushed, type PushParts } from './run.ts';
import { fromEditor, showNothing } from './source.ts';

/** Pushes the selection of the active editor, or all of it where nothing is selected. */
export async function pushActive(parts: PushParts): Promise<Pushed> {
  const editor = window.activeTextEditor;
  return editor ? pushFrom(fromEditor(editor), parts) : showNothing();
}
