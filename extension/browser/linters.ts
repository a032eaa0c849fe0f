// The linters of a browser's extension host: the bundled Ruff. Nothing of a project can be run there.

import { l10n, Uri } from 'vscode';
import { threadsIn } from './thread.ts';
import type { Linters } from '../gate/linter.ts';
import { createRuff } from '../gate/ruff.ts';

/** Starts nothing yet. */
export function createBrowserLinters(extensionUri: Uri): Linters {
  const folder = Uri.joinPath(extensionUri, 'dist', 'extension');
  const bundled = createRuff({ startThread: threadsIn(folder), t: l10n.t });
  return {
    bundled,
    getProjectRuff: async () => undefined,
    dispose: () => bundled.dispose(),
  };
}
