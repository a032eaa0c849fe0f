// Edits that stay within a selection: what "Fix All" may change.
// Pure. Tools fix whole documents, some in one edit from the first changed line to the last: such an edit
// is split into the lines that differ, and those within the selection are kept.

import { limits } from '../limits.ts';
import {
  comparePositions,
  contains,
  endOfText,
  type Position,
  textIn,
  type TextRange,
  touches,
} from './range.ts';

export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** Of a tool's edits, what changes the selections and nothing else; sorted, none over another. */
export function editsWithin(
  edits: readonly TextEdit[],
  selections: readonly TextRange[],
  documentText: string,
): TextEdit[] {
  const eol = documentText.includes('\r\n') ? '\r\n' : '\n';
  const isWithin = ({ range }: TextEdit): boolean => selections.some((each) => contains(each, range));
  const within = edits
    .map(({ range, newText }) => ({ range, newText: newText.replaceAll(/\r\n|\r|\n/g, eol) }))
    .flatMap((edit) =>
      isWithin(edit) || !selections.some((each) => touches(edit.range, each))
        ? [edit]
        : splitByLines(edit, textIn(documentText, edit.range)),
    )
    .filter(isWithin)
    .toSorted((a, b) => comparePositions(a.range.start, b.range.start));
  return withoutOverlaps(within);
}

/** Where a range ends up once edits are made. @param edits sorted, none over another nor over one of its ends */
export function rangeAfter(range: TextRange, edits: readonly TextEdit[]): TextRange {
  const before = edits.filter((edit) => comparePositions(edit.range.start, range.start) < 0);
  const untilEnd = edits.filter((edit) => comparePositions(edit.range.end, range.end) <= 0);
  return { start: positionAfter(range.start, before), end: positionAfter(range.end, untilEnd) };
}

/** @param edits all before the position */
function positionAfter(position: Position, edits: readonly TextEdit[]): Position {
  let from: Position = { line: 0, character: 0 };
  let to = from;
  for (const edit of edits) {
    to = endOfText(advance(to, from, edit.range.start), edit.newText);
    from = edit.range.end;
  }
  return advance(to, from, position);
}

// As far on from `to` as `position` is from `from`.
function advance(to: Position, from: Position, position: Position): Position {
  const lines = position.line - from.line;
  if (lines > 0) return { line: to.line + lines, character: position.character };
  return { line: to.line, character: to.character + position.character - from.character };
}

function withoutOverlaps(sorted: readonly TextEdit[]): TextEdit[] {
  const kept: TextEdit[] = [];
  for (const edit of sorted) {
    const last = kept.at(-1);
    const isClear = last === undefined || comparePositions(last.range.end, edit.range.start) <= 0;
    // Two edits at one place have no order of their own.
    const isElsewhere = last === undefined || comparePositions(last.range.start, edit.range.start) !== 0;
    if (isClear && isElsewhere) kept.push(edit);
  }
  return kept;
}

/**
 * One edit as the runs of lines that it changes, each without what it leaves alone at its ends; as it
 * is where there are too many lines to compare. @param oldText what the edit replaces
 */
export function splitByLines(edit: TextEdit, oldText: string): TextEdit[] {
  const before = splitLines(oldText);
  const after = splitLines(edit.newText);
  if (before.length * after.length > limits.lint.diffCells) return [edit];
  const edits: TextEdit[] = [];
  let [i, j] = [0, 0];
  let start = edit.range.start;
  for (const [nextI, nextJ] of commonLines(before, after)) {
    for (const [removed, added] of pairLines(before.slice(i, nextI), after.slice(j, nextJ))) {
      const end = endOfText(start, removed);
      edits.push(shrink({ range: { start, end }, newText: added }, removed));
      start = end;
    }
    start = endOfText(start, before[nextI] ?? '');
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return edits;
}

/** A run of changed lines, each on its own where as many came as went: then each was changed in its place. */
function pairLines(removed: readonly string[], added: readonly string[]): [string, string][] {
  if (removed.length === added.length) return removed.map((line, index) => [line, added[index] ?? '']);
  return [[removed.join(''), added.join('')]];
}

/** An edit without the characters that it leaves alone at its ends; a CRLF or a surrogate pair stays whole. */
function shrink({ range, newText }: TextEdit, oldText: string): TextEdit {
  const shorter = Math.min(oldText.length, newText.length);
  let head = 0;
  while (head < shorter && oldText[head] === newText[head]) head += 1;
  if (/[\r\uD800-\uDBFF]/.test(oldText[head - 1] ?? '')) head -= 1;
  let tail = 0;
  while (tail < shorter - head && oldText.at(-1 - tail) === newText.at(-1 - tail)) tail += 1;
  if (/[\n\uDC00-\uDFFF]/.test(oldText[oldText.length - tail] ?? '')) tail -= 1;
  const start = endOfText(range.start, oldText.slice(0, head));
  return {
    range: { start, end: endOfText(start, oldText.slice(head, oldText.length - tail)) },
    newText: newText.slice(head, newText.length - tail),
  };
}

/** The places of a longest common sequence of lines, in both texts; at last the ends of both. */
function commonLines(before: readonly string[], after: readonly string[]): [number, number][] {
  const length = commonLengths(before, after);
  const pairs: [number, number][] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      pairs.push([i, j]);
      [i, j] = [i + 1, j + 1];
    } else if (length(i + 1, j) >= length(i, j + 1)) i += 1;
    else j += 1;
  }
  return [...pairs, [before.length, after.length]];
}

/** How long the longest common sequence is of the lines from `i` and from `j` on. */
function commonLengths(
  before: readonly string[],
  after: readonly string[],
): (i: number, j: number) => number {
  const width = after.length + 1;
  // No sequence is longer than the shorter text: under the limit of cells, 16 bits hold it.
  const lengths = new Uint16Array((before.length + 1) * width);
  const length = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] =
        before[i] === after[j] ? 1 + length(i + 1, j + 1) : Math.max(length(i + 1, j), length(i, j + 1));
  return length;
}

/** A text's lines, each with its line break. */
function splitLines(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}
