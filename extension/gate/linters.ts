// The linters of an extension host that runs in Node: the bundled Ruff in a thread, a project's own as a process.

import { l10n, Uri } from 'vscode';
import { limits } from '../../shared/limits.ts';
import type { Linters } from './linter.ts';
import { threadsAt } from './node-thread.ts';
import { ProjectRuffs } from './project-ruffs.ts';
import { createRuff } from './ruff.ts';

/** Starts nothing yet. @param timeoutMs how long a project's Ruff may take to check a file */
export function createLinters(extensionUri: Uri, timeoutMs: number = limits.lint.ruffTimeoutMs): Linters {
  const bundled = createRuff({
    startThread: threadsAt(Uri.joinPath(extensionUri, 'dist', 'extension', 'ruff-thread.cjs').fsPath),
    t: l10n.t,
  });
  const projects = new ProjectRuffs(timeoutMs);
  return {
    bundled,
    getProjectRuff: (uri, signal) => projects.get(uri, signal),
    dispose: () => bundled.dispose(),
  };
}
