// The linters of a browser's extension host: the bundled Ruff. Nothing of a project can be run there.

import * as vscode from 'vscode';
import { threadsIn } from './thread.ts';
import type { Linters } from '../gate/linter.ts';
import { createRuff } from '../gate/ruff.ts';

/** Starts nothing yet. */
export function createBrowserLinters(extensionUri: vscode.Uri): Linters {
  const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'extension');
  const bundled = createRuff({ startThread: threadsIn(folder), t: vscode.l10n.t });
  return {
    bundled,
    getProjectRuff: async () => undefined,
    dispose: () => bundled.dispose(),
  };
}
