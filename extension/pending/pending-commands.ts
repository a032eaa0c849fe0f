// What can be done with a push that waits.

import { commands, l10n, workspace } from 'vscode';
import { comparePositions } from '../../shared/lint/range.ts';
import { getWaiting, type NothingWaits, reopenWaiting, showNothingWaits } from './getting.ts';
import { reveal } from '../reveal.ts';
import { withSignal } from '../session/ask.ts';
import { showUnfixed } from './pending-shown.ts';
import { pushFrom, type Pushed, type PushParts } from '../push/run.ts';
import { fromRanges, showMoving, showNothing } from '../push/source.ts';

/** Checks again what waits, and pushes it. */
export async function retryPush(parts: PushParts, documentUri: string | undefined): Promise<Pushed> {
  const waiting = getWaiting(parts.pending, documentUri);
  switch (waiting?.kind) {
    case undefined:
      return showNothingWaits(parts.pending, documentUri);
    case 'blocked':
    case 'unchecked': {
      const source = await reopenWaiting(parts.pending, waiting);
      return source ? pushFrom(source, parts, waiting.options) : showMoving();
    }
    default:
      return waiting satisfies never;
  }
}

/** Lets the editor's tools correct what they can of a blocked push, then pushes. */
export async function fixAllAndPush(parts: PushParts, documentUri: string | undefined): Promise<Pushed> {
  const waiting = getWaiting(parts.pending, documentUri);
  if (!waiting) return showNothingWaits(parts.pending, documentUri);
  const source = await reopenWaiting(parts.pending, waiting);
  if (!source) return showMoving();
  const frozen = source.freeze();
  const { options } = waiting;
  const fixed = await withSignal(l10n.t('pybin: fixing…'), false, (signal) =>
    parts.gate.fixAll(frozen, signal),
  );
  switch (fixed.kind) {
    case 'moved':
      return showMoving();
    case 'unchanged':
      return pushFrom(source, parts, options, showUnfixed);
    case 'changed': {
      if (frozen.parts.every(({ isWhole }) => isWhole)) return pushFrom(source, parts, options, showUnfixed);
      const left = fixed.ranges.filter(({ start, end }) => comparePositions(start, end) !== 0);
      // An empty selection would stand for the whole file.
      if (left.length === 0) return showNothing();
      const document = await workspace.openTextDocument(frozen.uri);
      return pushFrom(await fromRanges(document, left), parts, options, showUnfixed);
    }
    default:
      return fixed satisfies never;
  }
}

/** Goes to the first of the problems that block a push, and opens the list of all. */
export async function showProblems(
  parts: PushParts,
  documentUri: string | undefined,
): Promise<NothingWaits | undefined> {
  const waiting = getWaiting(parts.pending, documentUri);
  if (!waiting) return showNothingWaits(parts.pending, documentUri);
  if (waiting.kind === 'blocked') {
    const [first] = waiting.findings;
    const part = first && waiting.frozen.parts[first.part];
    if (part) await reveal(part.document.uri, first.range);
  }
  await commands.executeCommand('workbench.actions.view.problems');
  return undefined;
}

/** Gives it up, with what pybin shows of it. */
export function discardPendingPush(
  { gate, pending }: PushParts,
  documentUri: string | undefined,
): NothingWaits | undefined {
  const waiting = getWaiting(pending, documentUri);
  if (!waiting) return showNothingWaits(pending, documentUri);
  pending.remove(waiting.frozen.uri.toString(), { kind: 'discarded' });
  gate.clearProblems(waiting.frozen);
  return undefined;
}
