// Pyright under the name by which it is known in editors. Whatever is between it and the gate is real: its server, the
// client that most language servers come with, and their collections.

import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

/** Where its server lies: replaced when this is bundled. */
declare const PYRIGHT_SERVER: string;

let client: LanguageClient | undefined;

export async function activate(_context: vscode.ExtensionContext): Promise<void> {
  client = new LanguageClient(
    'pyright',
    'Pyright',
    { module: PYRIGHT_SERVER, transport: TransportKind.ipc },
    {
      documentSelector: [{ language: 'python' }],
      // It is asked for what it finds, where it can be: after each edit, too.
      diagnosticPullOptions: { onChange: true },
    },
  );
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
