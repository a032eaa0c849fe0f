// The extension in an editor with Node: on a desktop, or on the machine that a remote editor works on.

import type { ExtensionContext } from 'vscode';
import { start, type TestAccess } from './extension.ts';

export function activate(context: ExtensionContext): Promise<TestAccess> | undefined {
  return start(context, async () => {
    const { createLinters } = await import('./gate/linters.ts');
    return createLinters(context.extensionUri);
  });
}
