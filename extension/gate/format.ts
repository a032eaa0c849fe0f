// Formats what will be pushed by the editor's formatter, in its document: the parts and nothing else.

import { commands, type Range, type TextEdit, workspace } from 'vscode';
import { limits } from '../../shared/limits.ts';
import {
  answerInTime,
  applyEdits,
  type EditOutcome,
  type Edits,
  hasMoved,
  heldToParts,
  toVscodeRange,
} from './apply.ts';
import { documentsOf, type FrozenDocument, type FrozenPart, type FrozenPush } from './frozen.ts';

export type FormatOutcome = EditOutcome | { readonly kind: 'noFormatter' };

/** @throws the signal's reason once it is aborted; nothing is changed then */
export async function format(frozen: FrozenPush, signal: AbortSignal): Promise<FormatOutcome> {
  if (hasMoved(frozen)) return { kind: 'moved' };
  const documents = documentsOf(frozen);
  const told = await Promise.all(documents.map((document) => editsOf(document, frozen.parts, signal)));
  const edits: Edits = new Map(
    documents.flatMap((document, index) => {
      const each = told[index];
      return each ? [[document, each] as const] : [];
    }),
  );
  if (edits.size === 0) return { kind: 'noFormatter' };
  return applyEdits(frozen, heldToParts(frozen, edits));
}

/** Undefined where nobody formats such a document. */
async function editsOf(
  document: FrozenDocument,
  parts: readonly FrozenPart[],
  signal: AbortSignal,
): Promise<readonly TextEdit[] | undefined> {
  const own = parts.filter((part) => part.document === document);
  if (own.every(({ isWhole }) => isWhole)) return editsOfDocument(document, signal);
  const edits: TextEdit[] = [];
  for (const { range } of own) {
    const told = await ask('vscode.executeFormatRangeProvider', document, [toVscodeRange(range)], signal);
    // Who formats whole documents only is held to the parts afterwards.
    if (!told) return editsOfDocument(document, signal);
    edits.push(...told);
  }
  return edits;
}

async function editsOfDocument(
  document: FrozenDocument,
  signal: AbortSignal,
): Promise<readonly TextEdit[] | undefined> {
  return ask('vscode.executeFormatDocumentProvider', document, [], signal);
}

async function ask(
  command: 'vscode.executeFormatRangeProvider' | 'vscode.executeFormatDocumentProvider',
  { uri }: FrozenDocument,
  range: readonly Range[],
  signal: AbortSignal,
): Promise<readonly TextEdit[] | undefined> {
  const editor = workspace.getConfiguration('editor', uri);
  const options = { tabSize: editor.get('tabSize'), insertSpaces: editor.get('insertSpaces') };
  return answerInTime(
    commands.executeCommand<TextEdit[] | undefined>(command, uri, ...range, options),
    limits.lint.fixTimeoutMs,
    signal,
  );
}
