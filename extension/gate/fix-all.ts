// "Fix All": lets the editor's tools fix what they can, within the pushed parts only; where they change nothing,
// the safe fixes of the project's Ruff, or of the bundled one. One edit, so that one undo takes it back.

import { type CodeAction, CodeActionKind, commands, type Uri } from 'vscode';
import { limits } from '../../shared/limits.ts';
import type { TextEdit } from '../../shared/lint/edits.ts';
import { readOwnFixes } from '../../shared/lint/own-findings.ts';
import type { TextRange } from '../../shared/lint/range.ts';
import { layOut, layOutAsIs } from '../../shared/lint/selection.ts';
import {
  answerInTime,
  applyEdits,
  type EditOutcome,
  type Edits,
  hasMoved,
  heldToParts,
  toVscodeRange,
} from './apply.ts';
import { askProject } from './around.ts';
import { documentsOf, type FrozenDocument, type FrozenPart, type FrozenPush } from './frozen.ts';
import type { Linters } from './linter.ts';
import { PYTHON } from './own-check.ts';

/** @throws the signal's reason once it is aborted; nothing is changed then */
export async function fixAll(
  frozen: FrozenPush,
  linters: Pick<Linters, 'bundled' | 'getProjectRuff'>,
  signal: AbortSignal,
): Promise<EditOutcome> {
  if (hasMoved(frozen)) return { kind: 'moved' };
  const byTools = heldToParts(frozen, await editsOfTools(frozen, signal));
  const edits = byTools.size > 0 ? byTools : heldToParts(frozen, await editsOfRuff(frozen, linters, signal));
  signal.throwIfAborted();
  return applyEdits(frozen, edits);
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
  uri: Uri,
  ranges: readonly TextRange[],
  signal: AbortSignal,
): Promise<readonly TextEdit[]> {
  const [first] = ranges;
  const last = ranges.at(-1);
  if (!first || !last) return [];
  // It is canceled when the document changes meanwhile, and fails where a tool does: no fixes, either way.
  const actions = await answerInTime(
    commands.executeCommand<CodeAction[] | undefined>(
      'vscode.executeCodeActionProvider',
      uri,
      toVscodeRange({ start: first.start, end: last.end }),
      CodeActionKind.SourceFixAll.value,
      limits.lint.resolvedActions,
    ),
    limits.lint.fixTimeoutMs,
    signal,
  );
  // What an action does by a command can't be held to the selection: only its edits count.
  return (actions ?? []).flatMap((action) => action.edit?.get(uri) ?? []);
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
