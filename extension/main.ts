// The extension in an editor with Node: on a desktop, or on the machine that a remote editor works on.

import type { ExtensionContext } from 'vscode';
import { start, type TestAccess } from './extension.ts';
import { createLinters } from './gate/linters.ts';

export function activate(context: ExtensionContext): TestAccess | undefined {
  return start(context, createLinters(context.extensionUri));
}
