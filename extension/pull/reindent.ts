// Makes a pulled text stand where it is put: its margin becomes the target's indentation.
// Pure, and it only ever touches margins: the inside of a string whose value counts stays as it is.

import { readPythonLines, type LineKind } from './python-lines.ts';

/** The place that a text goes to. */
export interface Target {
  /** Leading whitespace of the line that the text goes to. */
  readonly indentation: string;
  /** That line's text left of the place. */
  readonly before: string;
  /** What stays right of the place, on the line where the replaced range ends. */
  readonly after: string;
  readonly eol: '\n' | '\r\n';
}

interface Line {
  readonly text: string;
  readonly kind: LineKind;
  readonly opensBlock: boolean;
}

const LINE_END = /\r\n|\r|\n/;
const BLANK = /^[ \t]*$/;
const COMMENT = /^[ \t]*#/;
const LEADING = /^[ \t]*/;

/**
 * The text with the target's indentation in place of its own margin, and the target's line ends.
 * Where other text stands left of the place, only the line ends change.
 */
export function reindent(text: string, language: string, target: Target): string {
  const texts = text.split(LINE_END);
  if (!BLANK.test(target.before)) return texts.join(target.eol);

  const lines = read(texts, language);
  const firstIsCut = language === 'python' && isFirstCut(lines);
  const margin = commonMargin(firstIsCut ? lines.slice(1) : lines);
  const moved = lines.map((line, index) => {
    // The place's own line has its indentation already, as far as the place is from the line's start.
    const indentation = index === 0 ? target.indentation.slice(target.before.length) : target.indentation;
    if (index === 0 && firstIsCut) return indentation + line.text;
    const isTail = index > 0 && index === lines.length - 1 && isMovable(line) && BLANK.test(line.text);
    return isTail ? moveTail(line.text, margin, target) : move(line, margin, indentation);
  });
  return moved.join(target.eol);
}

/** The indentation that all statements of these lines have in common. */
export function marginOf(texts: readonly string[], language: string): string {
  return commonMargin(read(texts, language));
}

function read(texts: readonly string[], language: string): Line[] {
  if (language !== 'python') return texts.map((text) => ({ text, kind: 'statement', opensBlock: false }));
  const lines = readPythonLines(texts);
  return texts.map((text, index) => ({ text, kind: 'statement', opensBlock: false, ...lines[index] }));
}

/** Blank lines stay blank; a line without the margin stays where it was. */
function move(line: Line, margin: string, indentation: string): string {
  if (!isMovable(line) || BLANK.test(line.text) || !line.text.startsWith(margin)) return line.text;
  return indentation + line.text.slice(margin.length);
}

/** What follows the last line end is the indentation of what stays right of the place. */
function moveTail(tail: string, margin: string, target: Target): string {
  if (BLANK.test(target.after)) return tail;
  return target.before + (tail.startsWith(margin) ? tail.slice(margin.length) : '');
}

function isMovable(line: Line): boolean {
  return line.kind !== 'string';
}

/**
 * Whether a selection began after its first line's indentation, as the Home key makes it. Then the lines
 * after the first are indented in a way that no text is from its own start: deeper where no block opens,
 * or coming back to a level that none of them left.
 */
function isFirstCut(lines: readonly Line[]): boolean {
  const [first] = lines;
  if (!first || BLANK.test(first.text) || leading(first.text) !== '') return false;
  const next = lines.findIndex((line, index) => index > 0 && isCode(line));
  const nextLine = lines[next];
  const restMargin = commonMargin(lines.slice(1));
  if (!nextLine || restMargin === '') return false;
  const statementEnd = lines
    .slice(0, next)
    .findLast((line) => !BLANK.test(line.text) && !COMMENT.test(line.text));
  return !statementEnd?.opensBlock || restMargin.length < leading(nextLine.text).length;
}

/** The whitespace that all statements begin with; comments are asked only where there is nothing else. */
function commonMargin(lines: readonly Line[]): string {
  const code = lines.filter(isCode);
  const asked = code.length > 0 ? code : lines.filter((line) => isMovable(line) && !BLANK.test(line.text));
  return asked.map((line) => leading(line.text)).reduce<string | undefined>(commonPrefix, undefined) ?? '';
}

function isCode(line: Line): boolean {
  return line.kind === 'statement' && !BLANK.test(line.text) && !COMMENT.test(line.text);
}

function commonPrefix(left: string | undefined, right: string): string {
  if (left === undefined) return right;
  let length = 0;
  while (length < left.length && left.charAt(length) === right.charAt(length)) length += 1;
  return left.slice(0, length);
}

function leading(text: string): string {
  return LEADING.exec(text)?.[0] ?? '';
}
