// How pieces of documents are laid out so that Ruff can check them by themselves, and how places come back.
// Pure. Columns never change but on a piece's first line; whatever comes back lies within its piece.

import { clampPosition, comparePositions, endOfText, type Position, type TextRange } from './range.ts';
import type { RuffPlace } from './ruff.ts';

/** A piece of a document: its text, and where that lies. */
export interface Piece {
  readonly text: string;
  readonly range: TextRange;
  /** The blanks before the text on its first line, where nothing else precedes it: see `indentBefore`. */
  readonly indent: string;
}

/** Pieces as one module, each on rows of its own. */
export interface Layout {
  readonly text: string;
  /** In the order of their rows. */
  readonly segments: readonly Segment[];
}

interface Segment {
  /** Which of the pieces it is. */
  readonly piece: number;
  /** The row that the piece begins on. */
  readonly firstRow: number;
  /** What a column of the piece's first row lacks to the document's column. */
  readonly firstRowShift: number;
  /** Where the piece lies in its document. */
  readonly range: TextRange;
}

/** A range in the document of one of the pieces. */
export interface Place {
  readonly piece: number;
  readonly range: TextRange;
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
const FUNCTION = 'async def _f():\n';
// What stands under it keeps its names for what follows.
const BLOCK = 'if 1:\n';

// The indentation of the first line with code on it: blank lines and comments may stand anywhere.
const FIRST_CODE = /(?:^|\r|\n)([ \t\f]*)(?=[^ \t\f\r\n#])/;

const LINE_END = /\r\n|\r|\n/g;

/**
 * What stands before a piece on its first line, if that is nothing but blanks; empty otherwise. Who
 * selects from the first letter of a line means the line.
 */
export function indentBefore(before: string): string {
  return /^[ \t\f]*$/.test(before) ? before : '';
}

/** The pieces' texts one after the other, each as it is; a line end between two where one is missing. */
export function joinTexts(texts: readonly string[], lineEnd: string): string {
  return texts.map((text, index) => (index === texts.length - 1 ? text : ended(text, lineEnd))).join('');
}

function ended(text: string, lineEnd: string): string {
  return /[\r\n]$/.test(text) ? text : text + lineEnd;
}

/** A whole document as it is. */
export function layOutAsIs(text: string): Layout {
  const start = { line: 0, character: 0 };
  return stack([{ text, range: { start, end: endOfText(start, text) }, indent: '' }], () => '');
}

/** Pieces joined as they are where their code starts in column 0; under a function's line otherwise. */
export function layOut(...pieces: readonly Piece[]): Layout {
  const [first] = pieces;
  return stack(pieces, (piece) => (piece === first && isIndented(piece) ? FUNCTION : ''));
}

/**
 * Pieces from different depths as one module, each under a line of its own where it is indented: the names
 * that one binds are bound for the next.
 */
export function layOutApart(pieces: readonly Piece[]): Layout {
  return stack(pieces, (piece) => (isIndented(piece) ? BLOCK : ''));
}

/** @param above what is put above a piece: empty, or one line */
function stack(pieces: readonly Piece[], above: (piece: Piece) => string): Layout {
  const segments: Segment[] = [];
  const sources: string[] = [];
  let row = 1;
  for (const [index, piece] of pieces.entries()) {
    const { text, range, indent } = piece;
    const line = above(piece);
    if (line !== '') row += 1;
    segments.push({
      piece: index,
      firstRow: row,
      firstRowShift: range.start.character - indent.length,
      range,
    });
    const source = ended(indent + text, '\n');
    sources.push(line, index === pieces.length - 1 ? indent + text : source);
    row += source.match(LINE_END)?.length ?? 0;
  }
  return { text: sources.join(''), segments };
}

function isIndented({ text, indent }: Piece): boolean {
  return (FIRST_CODE.exec(indent + text)?.[1] ?? '') !== '';
}

/**
 * A range of the laid-out text in the document of the piece that it starts in, within that piece; without
 * a place: where the first piece begins.
 */
export function placeOf(layout: Layout, start: RuffPlace | null, end: RuffPlace | null): Place | undefined {
  const segment = segmentAt(layout, start);
  if (!segment) return undefined;
  const { piece, range } = segment;
  const from = start === null ? range.start : clampPosition(positionIn(segment, start), range);
  const to = end === null ? from : clampPosition(positionIn(segment, end), range);
  return {
    piece,
    range: comparePositions(from, to) <= 0 ? { start: from, end: to } : { start: from, end: from },
  };
}

/** A range of the laid-out text in its piece's document; undefined where it isn't wholly within one piece. */
export function placeWithin(layout: Layout, start: RuffPlace, end: RuffPlace): Place | undefined {
  const segment = segmentAt(layout, start);
  if (!segment || start.row < segment.firstRow) return undefined;
  const range = { start: positionIn(segment, start), end: positionIn(segment, end) };
  const isWithin =
    comparePositions(segment.range.start, range.start) <= 0 &&
    comparePositions(range.end, segment.range.end) <= 0;
  return isWithin ? { piece: segment.piece, range } : undefined;
}

/** The piece on a row; the first one where the row is above it. */
function segmentAt({ segments }: Layout, place: RuffPlace | null): Segment | undefined {
  const segment = place && segments.findLast(({ firstRow }) => firstRow <= place.row);
  return segment ?? segments[0];
}

function positionIn({ firstRow, firstRowShift, range }: Segment, { row, column }: RuffPlace): Position {
  const rowInPiece = row - firstRow;
  const shift = rowInPiece === 0 ? firstRowShift : 0;
  return { line: range.start.line + rowInPiece, character: column - 1 + shift };
}
