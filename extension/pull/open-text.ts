// A pushed text in an editor of its own: untitled, in its language where this editor knows it.

import { languages, type TextDocument, window, workspace } from 'vscode';

/** Marks a file's encoding; within a document it would only be an invisible character. */
const BYTE_ORDER_MARK = /^\uFEFF/;

/** A text as documents and clipboards hold it. */
export function withoutByteOrderMark(text: string): string {
  return text.replace(BYTE_ORDER_MARK, '');
}

export async function openText(text: string, language: string): Promise<void> {
  const document = await workspace.openTextDocument({
    content: withoutByteOrderMark(text),
    ...((await isKnown(language)) && { language }),
  });
  await window.showTextDocument(document);
}

/** Gives an untitled document that has no language yet that of the text which it holds now. */
export async function nameLanguage(document: TextDocument, language: string): Promise<void> {
  if (document.isUntitled && document.languageId === 'plaintext' && (await isKnown(language)))
    await languages.setTextDocumentLanguage(document, language);
}

async function isKnown(language: string): Promise<boolean> {
  return (await languages.getLanguages()).includes(language);
}
