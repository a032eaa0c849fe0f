// The extension in an editor that is all browser, such as vscode.dev: no processes, no files but the editor's.

import type { ExtensionContext } from 'vscode';
import { start, type TestAccess } from '../extension.ts';

export function activate(context: ExtensionContext): Promise<TestAccess> | undefined {
  return start(context, async () => {
    const { createBrowserLinters } = await import('./linters.ts');
    return createBrowserLinters(context.extensionUri);
  });
}
