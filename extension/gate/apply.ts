// Edits of the documents that a push is from, held to what is pushed, and made in one step, so that one undo takes
// them back.

import { Range, TextEdit as EditorEdit, workspace, WorkspaceEdit } from 'vscode';
import { editsWithin, rangeAfter, type TextEdit } from '../../shared/lint/edits.ts';
import type { TextRange } from '../../shared/lint/range.ts';
import type { FrozenDocument, FrozenPush } from './frozen.ts';

/** Edits by the document that they are of. */
export type Edits = ReadonlyMap<FrozenDocument, readonly TextEdit[]>;

export type EditOutcome =
  /** Where the parts lie now, each in its document. */
  | { readonly kind: 'changed'; readonly ranges: readonly TextRange[] }
  | { readonly kind: 'unchanged' }
  /** A document was edited or closed since the text was frozen: nothing was touched. */
  | { readonly kind: 'moved' };

/** What of the edits lies within the parts; documents without any are left out. */
export function heldToParts({ parts }: FrozenPush, edits: Edits): Edits {
  const kept = [...edits].map(([document, each]) => {
    const ranges = parts.filter((part) => part.document === document).map(({ range }) => range);
    return [document, editsWithin(each, ranges, document.text)] as const;
  });
  return new Map(kept.filter(([, each]) => each.length > 0));
}

/** @param edits held to the parts */
export async function applyEdits(frozen: FrozenPush, edits: Edits): Promise<EditOutcome> {
  if (hasMoved(frozen)) return { kind: 'moved' };
  if (edits.size === 0) return { kind: 'unchanged' };
  const edit = new WorkspaceEdit();
  for (const [{ uri }, changes] of edits) edit.set(uri, changes.map(toVscodeEdit));
  if (!(await workspace.applyEdit(edit))) return { kind: 'moved' };
  return {
    kind: 'changed',
    ranges: frozen.parts.map(({ document, range }) => rangeAfter(range, edits.get(document) ?? [])),
  };
}

export function hasMoved({ parts }: FrozenPush): boolean {
  return parts.some(
    ({ document }) =>
      !workspace.textDocuments.some(
        ({ uri, version }) => version === document.version && uri.toString() === document.uri.toString(),
      ),
  );
}

export function toVscodeRange({ start, end }: TextRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

function toVscodeEdit({ range, newText }: TextEdit): EditorEdit {
  return new EditorEdit(toVscodeRange(range), newText);
}

/** What a tool of the editor answers; undefined where it failed, was overtaken, or takes too long. @throws the signal's reason */
export async function answerInTime<Answer>(
  asked: Thenable<Answer | undefined>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), timeoutMs);
  const giveUp = (): void => resolve(undefined);
  signal.addEventListener('abort', giveUp);
  const answer = await Promise.race([Promise.resolve(asked).catch(() => undefined), promise]);
  clearTimeout(timer);
  signal.removeEventListener('abort', giveUp);
  signal.throwIfAborted();
  return answer;
}
