// Where a part of a document is after a change of the document.
// Pure. A change over one of its ends takes what is meant away: nobody knows which of the new text belongs to it.

import { splitByLines, type TextEdit } from './edits.ts';
import { comparePositions, endOfText, type Position, textIn, type TextRange } from './range.ts';

/**
 * Where the range is after an edit; undefined where that is over one of its ends. What is typed at its ends belongs
 * to it, but for what comes before the first letter of the line behind its last.
 * @param text the document before the edit
 */
export function followEdit(range: TextRange, edit: TextEdit, text: string): TextRange | undefined {
  const after = followed(range, edit);
  if (after) return after;
  // A tool that replaces much to change little: what it left alone tells the place.
  let place: TextRange | undefined = range;
  for (const part of splitByLines(edit, textIn(text, edit.range)).toReversed())
    place = place && followed(place, part);
  return place;
}

function followed({ start, end }: TextRange, { range: changed, newText }: TextEdit): TextRange | undefined {
  const newEnd = endOfText(changed.start, newText);
  const move = (position: Position): Position => moved(position, changed.end, newEnd);
  const beforeStart = comparePositions(changed.end, start);
  if (beforeStart < 0 || (beforeStart === 0 && comparePositions(changed.start, start) < 0))
    return { start: move(start), end: move(end) };
  const afterEnd = comparePositions(changed.start, end);
  if (afterEnd > 0 || (afterEnd === 0 && end.character === 0 && comparePositions(start, end) !== 0))
    return { start, end };
  const isWithin = comparePositions(start, changed.start) <= 0 && comparePositions(changed.end, end) <= 0;
  return isWithin ? { start, end: move(end) } : undefined;
}

/** As far from the new end of a change as `position` is from the old one. */
function moved(position: Position, from: Position, to: Position): Position {
  const lines = position.line - from.line;
  if (lines > 0) return { line: to.line + lines, character: position.character };
  return { line: to.line, character: to.character + position.character - from.character };
}
