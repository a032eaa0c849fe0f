// Positions and ranges as editors count them: lines from 0, columns from 0 in UTF-16 units.
// Pure. A range's start is never after its end.

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface TextRange {
  readonly start: Position;
  readonly end: Position;
}

/** Below 0 where `a` is before `b`, 0 where they are the same, above 0 otherwise. */
export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

export function contains(outer: TextRange, inner: TextRange): boolean {
  return comparePositions(outer.start, inner.start) <= 0 && comparePositions(inner.end, outer.end) <= 0;
}

/** What ranges cover, in order and each place once; those that only touch stay apart. */
export function mergeRanges(ranges: readonly TextRange[]): TextRange[] {
  const merged: TextRange[] = [];
  for (const range of ranges.toSorted((a, b) => comparePositions(a.start, b.start))) {
    const last = merged.at(-1);
    if (!last || comparePositions(range.start, last.end) >= 0) merged.push(range);
    else if (!contains(last, range)) merged.splice(-1, 1, { start: last.start, end: range.end });
  }
  return merged;
}

/**
 * Does a finding's range touch a selection? Sharing one character does. An empty finding (a missing
 * bracket) touches where it stands, at the selection's end too; but not at the beginning of the line
 * that follows the last one selected.
 */
export function touches(finding: TextRange, selection: TextRange): boolean {
  const afterStart = comparePositions(finding.end, selection.start);
  const beforeEnd = comparePositions(finding.start, selection.end);
  if (comparePositions(finding.start, finding.end) !== 0) return afterStart > 0 && beforeEnd < 0;
  if (afterStart < 0 || beforeEnd > 0) return false;
  return beforeEnd < 0 || selection.end.character > 0 || afterStart === 0;
}

export function clampPosition(position: Position, range: TextRange): Position {
  if (comparePositions(position, range.start) < 0) return range.start;
  if (comparePositions(position, range.end) > 0) return range.end;
  return position;
}

const LINE_BREAK = /\r\n|\r|\n/g;

/** The part of a text that a range covers. Lines end as editors end them: LF, CRLF or CR. */
export function textIn(text: string, range: TextRange): string {
  const lineStarts = [0];
  for (const lineBreak of text.matchAll(LINE_BREAK)) lineStarts.push(lineBreak.index + lineBreak[0].length);
  const offsetAt = ({ line, character }: Position): number => (lineStarts[line] ?? text.length) + character;
  return text.slice(offsetAt(range.start), offsetAt(range.end));
}

/** Where a text ends that begins at `start`. */
export function endOfText(start: Position, text: string): Position {
  let line = start.line;
  let lineStart = -start.character;
  for (const lineBreak of text.matchAll(LINE_BREAK)) {
    line += 1;
    lineStart = lineBreak.index + lineBreak[0].length;
  }
  return { line, character: text.length - lineStart };
}
