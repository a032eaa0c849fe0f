// The QR code of a snippet's address as a page of the editor: a Markdown preview of a document that is made when it is
// looked at. It works where the editor runs in a browser, too, and needs no page of our own.

import { commands, type Disposable, l10n, type TextDocumentContentProvider, Uri, workspace } from 'vscode';
import { limits } from '../../shared/limits.ts';
import type { SnippetFacts } from './snippet-facts.ts';
import type { Stack } from './stack.ts';

const SCHEME = 'pybin-qr';

export class QrDocuments implements TextDocumentContentProvider, Disposable {
  readonly #stack: Stack;
  readonly #subscription: Disposable;

  constructor(stack: Stack) {
    this.#stack = stack;
    this.#subscription = workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  async show({ id, number }: SnippetFacts): Promise<void> {
    const uri = Uri.from({ scheme: SCHEME, path: `/${l10n.t('QR code of #{0}', number)}`, query: id });
    await commands.executeCommand('markdown.showPreview', uri);
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const snippet = this.#stack.snippets.find(({ id }) => id === uri.query);
    if (!snippet) return l10n.t('This snippet is not on your stack any more.');
    const { qrPicture } = await import('./qr-picture.ts');
    return qrPage(snippet, qrPicture(snippet.address, limits.editor.qrPagePixels));
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

/** Addresses have no character that Markdown sees more in. */
function qrPage({ number, address, visibility }: SnippetFacts, picture: string): string {
  const lines = [`![${l10n.t('QR code of the address of number {0}', number)}](${picture})`, `<${address}>`];
  if (visibility === 'private')
    lines.push(l10n.t('It is private: the phone that opens it must be signed in as you.'));
  return lines.join('\n\n');
}
