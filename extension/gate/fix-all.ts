// "Fix All": lets the editor's tools fix what they can, within the selection only; where they change nothing,
// the bundled Ruff's safe fixes. One edit, so that one undo takes it back.

import * as vscode from 'vscode';
import { limits } from '../../shared/limits.ts';
import { editsWithin, rangeAfter, type TextEdit } from '../../shared/lint/edits.ts';
import { readOwnFixes } from '../../shared/lint/own-findings.ts';
import type { TextRange } from '../../shared/lint/range.ts';
import { layOut } from '../../shared/lint/selection.ts';
import { type FrozenPush, pieceOf } from './frozen.ts';
import { PYTHON } from './own-check.ts';
import type { Ruff } from './ruff.ts';

export type FixOutcome =
  /** The range is where the selection lies now. */
  | { readonly kind: 'changed'; readonly range: TextRange }
  | { readonly kind: 'unchanged' }
  /** The document was edited or closed since the text was frozen: nothing was touched. */
  | { readonly kind: 'moved' };

/** @throws the signal's reason once it is aborted; nothing is changed then */
export async function fixAll(frozen: FrozenPush, ruff: Ruff, signal: AbortSignal): Promise<FixOutcome> {
  const document = openDocument(frozen);
  if (document === undefined) return { kind: 'moved' };
  const text = document.getText();
  const byTools = editsWithin(await editsOfTools(frozen, signal), frozen.range, text);
  const edits =
    byTools.length > 0 ? byTools : editsWithin(await editsOfRuff(frozen, ruff, signal), frozen.range, text);
  signal.throwIfAborted();
  if (openDocument(frozen) === undefined) return { kind: 'moved' };
  if (edits.length === 0) return { kind: 'unchanged' };
  const edit = new vscode.WorkspaceEdit();
  edit.set(frozen.uri, edits.map(vscodeEdit));
  if (!(await vscode.workspace.applyEdit(edit))) return { kind: 'moved' };
  return { kind: 'changed', range: rangeAfter(frozen.range, edits) };
}

function openDocument({ uri, version }: FrozenPush): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find(
    (document) => document.uri.toString() === key && document.version === version,
  );
}

async function editsOfTools({ uri, range }: FrozenPush, signal: AbortSignal): Promise<TextEdit[]> {
  const asked = vscode.commands.executeCommand<vscode.CodeAction[] | undefined>(
    'vscode.executeCodeActionProvider',
    uri,
    vscodeRange(range),
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

async function editsOfRuff(frozen: FrozenPush, ruff: Ruff, signal: AbortSignal): Promise<TextEdit[]> {
  if (frozen.languageId !== PYTHON) return [];
  const layout = layOut(pieceOf(frozen));
  const answer = await ruff.check(layout.text, signal);
  return answer.kind === 'checked' ? readOwnFixes(answer.diagnostics, layout) : [];
}

function vscodeEdit({ range, newText }: TextEdit): vscode.TextEdit {
  return new vscode.TextEdit(vscodeRange(range), newText);
}

function vscodeRange({ start, end }: TextRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
