// The linters of an extension host that runs in Node: the bundled Ruff in a thread, a project's own as a process.

import * as vscode from 'vscode';
import type { Linters } from './linter.ts';
import { createRuff } from './ruff.ts';

/** Starts nothing yet. */
export function createLinters(extensionUri: vscode.Uri): Linters {
  const bundled = createRuff({
    threadPath: vscode.Uri.joinPath(extensionUri, 'dist', 'extension', 'ruff-thread.cjs').fsPath,
  });
  return {
    bundled,
    getProjectRuff: async () => undefined,
    dispose: () => bundled.dispose(),
  };
}
