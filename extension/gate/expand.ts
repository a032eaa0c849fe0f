// "Expand to Statement": a selection that can't be parsed grows to the smallest statement around it that can. The
// editor's tools know statements best; where none does, indentation tells.

import { commands, type SelectionRange, type Uri } from 'vscode';
import { limits } from '../../shared/limits.ts';
import { contains, mergeRanges, textIn, type TextRange } from '../../shared/lint/range.ts';
import { layOut } from '../../shared/lint/selection.ts';
import { type Lines, statementsAround } from '../../shared/lint/statement.ts';
import { answerInTime, hasMoved, toVscodeRange } from './apply.ts';
import { findIn, parses } from './asking.ts';
import { documentsOf, type FrozenPart, type FrozenPush } from './frozen.ts';
import type { Ruff } from './linter.ts';

export type ExpandOutcome =
  /** What to select in place of the parts, all of one document. */
  | { readonly kind: 'expanded'; readonly ranges: readonly TextRange[] }
  /** Nothing around it parses either. */
  | { readonly kind: 'none' }
  /** The document was edited or closed since the text was frozen. */
  | { readonly kind: 'moved' };

/** @throws the signal's reason once it is aborted */
export async function expandToStatements(
  frozen: FrozenPush,
  ruff: Ruff,
  signal: AbortSignal,
): Promise<ExpandOutcome> {
  if (hasMoved(frozen)) return { kind: 'moved' };
  if (documentsOf(frozen).length !== 1) return { kind: 'none' };
  const ranges: TextRange[] = [];
  for (const part of frozen.parts) {
    const range = await expand(part, ruff, signal);
    if (!range) return { kind: 'none' };
    ranges.push(range);
  }
  // What one has grown over is in it.
  return { kind: 'expanded', ranges: mergeRanges(ranges) };
}

async function expand(part: FrozenPart, ruff: Ruff, signal: AbortSignal): Promise<TextRange | undefined> {
  if (await doesParse(part.text, part.range, part.indent, ruff, signal)) return part.range;
  for (const range of await candidates(part, signal))
    if (await doesParse(textIn(part.document.text, range), range, '', ruff, signal)) return range;
  return undefined;
}

async function doesParse(
  text: string,
  range: TextRange,
  indent: string,
  ruff: Ruff,
  signal: AbortSignal,
): Promise<boolean> {
  const found = await findIn(layOut({ text, range, indent }), ruff, signal);
  return found.kind === 'found' && parses(found.findings);
}

/** Whole lines around a part, the fewest first. */
async function candidates({ document, range }: FrozenPart, signal: AbortSignal): Promise<TextRange[]> {
  const lines = document.text.split(/\r\n|\r|\n/);
  const own: Lines = { from: range.start.line, to: lastLine(range) + 1 };
  const told = await selectionRanges(document.uri, range, signal);
  const wider = [
    ...told
      .filter((each) => contains(each, range))
      .map((each) => ({ from: each.start.line, to: lastLine(each) + 1 })),
    ...statementsAround(lines, own, limits.lint.expansions),
  ];
  return wider
    .toSorted((a, b) => a.to - a.from - (b.to - b.from))
    .map(({ from, to }) => ({
      start: { line: from, character: 0 },
      end:
        to < lines.length
          ? { line: to, character: 0 }
          : { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
    }));
}

/** The last line that a range has characters of. */
function lastLine({ start, end }: TextRange): number {
  return end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
}

async function selectionRanges(uri: Uri, range: TextRange, signal: AbortSignal): Promise<TextRange[]> {
  const told = await answerInTime(
    commands.executeCommand<SelectionRange[] | undefined>('vscode.executeSelectionRangeProvider', uri, [
      toVscodeRange(range).start,
    ]),
    limits.lint.fixTimeoutMs,
    signal,
  );
  const ranges: TextRange[] = [];
  for (let each = told?.[0]; each; each = each.parent) ranges.push(each.range);
  return ranges;
}
