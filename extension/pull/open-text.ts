// A pushed text in an editor of its own: untitled, in its language where this editor knows it.

import { languages, window, workspace } from 'vscode';

/** Marks a file's encoding; within a document it would only be an invisible character. */
const BYTE_ORDER_MARK = /^\uFEFF/;

/** A text as documents and clipboards hold it. */
export function withoutByteOrderMark(text: string): string {
  return text.replace(BYTE_ORDER_MARK, '');
}

export async function openText(text: string, language: string): Promise<void> {
  const known = await languages.getLanguages();
  const document = await workspace.openTextDocument({
    content: withoutByteOrderMark(text),
    ...(known.includes(language) && { language }),
  });
  await window.showTextDocument(document);
}
