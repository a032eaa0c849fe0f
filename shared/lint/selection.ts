// How a piece of a document is laid out so that Ruff can check it alone, and how places come back.
// Pure. Columns never change but on the first line; whatever comes back lies within the piece.

import { comparePositions, clampPosition, endOfText, type Position, type TextRange } from './range.ts';
import type { RuffPlace } from './ruff.ts';

/** A piece of a document: its text, and where that lies. */
export interface Piece {
  readonly text: string;
  readonly start: Position;
  /** The blanks before the text on its first line, where nothing else precedes it: see `indentBefore`. */
  readonly indent: string;
}

/** A piece as a module of its own. */
export interface Layout {
  readonly text: string;
  readonly range: TextRange;
  /** Rows before the piece's first. */
  readonly rowsBefore: number;
  /** What a column of the piece's first row lacks to the document's column. */
  readonly firstRowShift: number;
}

/**
 * Rules that say nothing of a piece on its own: unused (`F401`, `F841`) or defined twice (`F811`) outside of
 * its document, statements whose loop or function lies around it (`F701` `F702` `F704` `F706`), and a local
 * name that the line put above only makes local (`F823`). What they find in the whole document counts.
 */
export const leftOutAlone: ReadonlySet<string> = new Set([
  'F401',
  'F841',
  'F811',
  'F701',
  'F702',
  'F704',
  'F706',
  'F823',
]);

// Everything a function's body may hold may stand under it, `await` too.
const ABOVE = 'async def _f():\n';

// The indentation of the first line with code on it: blank lines and comments may stand anywhere.
const FIRST_CODE = /(?:^|\r|\n)([ \t\f]*)(?=[^ \t\f\r\n#])/;

/**
 * What stands before a piece on its first line, if that is nothing but blanks; empty otherwise. Who
 * selects from the first letter of a line means the line.
 */
export function indentBefore(before: string): string {
  return /^[ \t\f]*$/.test(before) ? before : '';
}

/** A piece as it is where its code starts in column 0; under a function's line otherwise. */
export function layOut({ text, start, indent }: Piece): Layout {
  const source = indent + text;
  const isIndented = (FIRST_CODE.exec(source)?.[1] ?? '') !== '';
  return {
    text: isIndented ? ABOVE + source : source,
    range: { start, end: endOfText(start, text) },
    rowsBefore: isIndented ? 1 : 0,
    firstRowShift: start.character - indent.length,
  };
}

/** A range of the laid-out text in the document, within the piece; without a place: where the piece begins. */
export function rangeInDocument(layout: Layout, start: RuffPlace | null, end: RuffPlace | null): TextRange {
  const from =
    start === null ? layout.range.start : clampPosition(positionInDocument(layout, start), layout.range);
  const to = end === null ? from : clampPosition(positionInDocument(layout, end), layout.range);
  return comparePositions(from, to) <= 0 ? { start: from, end: to } : { start: from, end: from };
}

/** A place of the laid-out text in the document; it may lie outside of the piece. */
export function positionInDocument(layout: Layout, { row, column }: RuffPlace): Position {
  const rowInPiece = row - 1 - layout.rowsBefore;
  const shift = rowInPiece === 0 ? layout.firstRowShift : 0;
  return { line: layout.range.start.line + rowInPiece, character: column - 1 + shift };
}
