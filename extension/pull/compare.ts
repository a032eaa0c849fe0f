// A snippet beside what is in an editor. The file is on the right, as it is when it is compared with the
// clipboard: there it can be written, and each difference can be taken over from the left.

import { commands, l10n, type TextDocument, type TextEditor } from 'vscode';
import { baseName } from '../base-name.ts';
import type { Snippet } from '../../shared/client.ts';
import type { SnippetDocuments } from '../documents/snippet-documents.ts';
import { textFor } from './insert.ts';

/**
 * Compares with the file; where something is selected, with the file as it would be with the snippet in
 * place of that, so that nothing but the selection differs.
 */
export async function compare(
  documents: SnippetDocuments,
  snippet: Snippet,
  { document, selection }: TextEditor,
): Promise<void> {
  if (selection.isEmpty) {
    await compareFile(documents, snippet, document);
    return;
  }
  const fileName = baseName(document.uri);
  const text = document.getText();
  const before = text.slice(0, document.offsetAt(selection.start));
  const after = text.slice(document.offsetAt(selection.end));
  const left = await documents.proposalOf(snippet, {
    fileName,
    language: document.languageId,
    text: before + textFor(document, selection, snippet) + after,
  });
  await showDiff(left, document, l10n.t('#{0} ↔ {1} (selection)', snippet.number, fileName));
}

export async function compareFile(
  documents: SnippetDocuments,
  snippet: Snippet,
  document: TextDocument,
): Promise<void> {
  const left = await documents.documentOf(snippet);
  await showDiff(left, document, l10n.t('#{0} ↔ {1}', snippet.number, baseName(document.uri)));
}

async function showDiff(left: TextDocument, right: TextDocument, title: string): Promise<void> {
  await commands.executeCommand('vscode.diff', left.uri, right.uri, title, { preview: true });
}
