// The extension in an editor that is all browser, such as vscode.dev: no processes, no files but the editor's.

import type { ExtensionContext } from 'vscode';
import { start, type TestAccess } from '../extension.ts';
import { createBrowserLinters } from './linters.ts';

export function activate(context: ExtensionContext): TestAccess | undefined {
  return start(context, createBrowserLinters(context.extensionUri));
}
