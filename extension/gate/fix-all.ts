// "Fix All": lets the editor's tools fix what they can, within the pushed parts only; where they change nothing,
// the safe fixes of the project's Ruff, or of the bundled one. One edit, so that one undo takes it back.

import * as vscode from 'vscode';
import { limits } from '../../shared/limits.ts';
import { editsWithin, rangeAfter, type TextEdit } from '../../shared/lint/edits.ts';
import { readOwnFixes } from '../../shared/lint/own-findings.ts';
import type { TextRange } from '../../shared/lint/range.ts';
import { layOut, layOutAsIs } from '../../shared/lint/selection.ts';
import { askProject } from './around.ts';
import { documentsOf, type FrozenDocument, type FrozenPart, type FrozenPush } from './frozen.ts';
import type { Linters } from './linter.ts';
import { PYTHON } from './own-check.ts';

export type FixOutcome =
  /** Where the parts lie now, each in its document. */
  | { readonly kind: 'changed'; readonly ranges: readonly TextRange[] }
  | { readonly kind: 'unchanged' }
  /** A document was edited or closed since the text was frozen: nothing was touched. */
  | { readonly kind: 'moved' };

/** Edits by the document that they are of. */
type Edits = ReadonlyMap<FrozenDocument, readonly TextEdit[]>;

/** @throws the signal's reason once it is aborted; nothing is changed then */
export async function fixAll(
  frozen: FrozenPush,
  linters: Pick<Linters, 'bundled' | 'getProjectRuff'>,
  signal: AbortSignal,
): Promise<FixOutcome> {
  if (hasMoved(frozen)) return { kind: 'moved' };
  const byTools = within(frozen, await editsOfTools(frozen, signal));
  const edits = byTools.size > 0 ? byTools : within(frozen, await editsOfRuff(frozen, linters, signal));
  signal.throwIfAborted();
  if (hasMoved(frozen)) return { kind: 'moved' };
  if (edits.size === 0) return { kind: 'unchanged' };
  const edit = new vscode.WorkspaceEdit();
  for (const [{ uri }, changes] of edits) edit.set(uri, changes.map(vscodeEdit));
  if (!(await vscode.workspace.applyEdit(edit))) return { kind: 'moved' };
  return {
    kind: 'changed',
    ranges: frozen.parts.map(({ document, range }) => rangeAfter(range, edits.get(document) ?? [])),
  };
}

function hasMoved({ parts }: FrozenPush): boolean {
  return parts.some(
    ({ document }) =>
      !vscode.workspace.textDocuments.some(
        ({ uri, version }) => version === document.version && uri.toString() === document.uri.toString(),
      ),
  );
}

/** What of the edits lies within the parts; documents without any are left out. */
function within({ parts }: FrozenPush, edits: Edits): Edits {
  const kept = [...edits].map(([document, each]) => {
    const ranges = parts.filter((part) => part.document === document).map(({ range }) => range);
    return [document, editsWithin(each, ranges, document.text)] as const;
  });
  return new Map(kept.filter(([, each]) => each.length > 0));
}

async function editsOfTools(frozen: FrozenPush, signal: AbortSignal): Promise<Edits> {
  const { parts } = frozen;
  const asked = documentsOf(frozen).map(async (document) => {
    const ranges = parts.filter((part) => part.document === document).map(({ range }) => range);
    return [document, await editsOfToolsIn(document.uri, ranges, signal)] as const;
  });
  return new Map(await Promise.all(asked));
}

async function editsOfToolsIn(
  uri: vscode.Uri,
  ranges: readonly TextRange[],
  signal: AbortSignal,
): Promise<readonly TextEdit[]> {
  const [first] = ranges;
  const last = ranges.at(-1);
  if (!first || !last) return [];
  const asked = vscode.commands.executeCommand<vscode.CodeAction[] | undefined>(
    'vscode.executeCodeActionProvider',
    uri,
    vscodeRange({ start: first.start, end: last.end }),
    vscode.CodeActionKind.SourceFixAll.value,
    limits.lint.resolvedActions,
  );
  // It is canceled when the document changes meanwhile, and fails where a tool does: no fixes, either way.
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limits.lint.fixTimeoutMs)]);
  const actions = await Promise.race([Promise.resolve(asked).catch(() => undefined), aborted(limit)]);
  // What an action does by a command can't be held to the selection: only its edits count.
  return (actions ?? []).flatMap((action) => action.edit?.get(uri) ?? []);
}

async function aborted(signal: AbortSignal): Promise<undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  if (signal.aborted) resolve(undefined);
  signal.addEventListener('abort', () => resolve(undefined), { once: true });
  return promise;
}

async function editsOfRuff(
  frozen: FrozenPush,
  { bundled, getProjectRuff }: Pick<Linters, 'bundled' | 'getProjectRuff'>,
  signal: AbortSignal,
): Promise<Edits> {
  if (frozen.languageId !== PYTHON) return new Map();
  const project = await getProjectRuff(frozen.uri, signal);
  if (!project) return editsByParts(frozen.parts, (part) => editsOfBundled(part, bundled, signal));
  const answer = await askProject(frozen, project, signal);
  if (answer.kind === 'failed') return new Map();
  return new Map(
    answer.byDocument.map(({ document, diagnostics }) => [
      document,
      readOwnFixes(diagnostics, layOutAsIs(document.text)).map(({ edit }) => edit),
    ]),
  );
}

async function editsByParts(
  parts: readonly FrozenPart[],
  editsOf: (part: FrozenPart) => Promise<readonly TextEdit[]>,
): Promise<Edits> {
  const edits = new Map<FrozenDocument, TextEdit[]>();
  for (const part of parts)
    edits.set(part.document, [...(edits.get(part.document) ?? []), ...(await editsOf(part))]);
  return edits;
}

async function editsOfBundled(
  part: FrozenPart,
  ruff: Linters['bundled'],
  signal: AbortSignal,
): Promise<readonly TextEdit[]> {
  const layout = layOut(part);
  const answer = await ruff.check(layout.text, signal);
  if (answer.kind === 'failed') return [];
  return readOwnFixes(answer.diagnostics, layout).map(({ edit }) => edit);
}

function vscodeEdit({ range, newText }: TextEdit): vscode.TextEdit {
  return new vscode.TextEdit(vscodeRange(range), newText);
}

function vscodeRange({ start, end }: TextRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
