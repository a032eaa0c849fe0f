// Where in a file a snippet's text belongs that once came from it. Pure. Only what is certain is said to be: a place
// that isn't as the snippet's commit had it is a guess, and somebody has to look at it.

import { marginOf, reindent } from '../reindent.ts';

/** Lines of a file, from 0; `end` is the first one after them. */
export interface Lines {
  readonly start: number;
  readonly end: number;
}

export interface Returning {
  readonly text: string;
  readonly language: string;
  /** Where it was in its file, from 1, the last line included; 0 where that isn't known. */
  readonly startLine: number;
  readonly endLine: number;
}

export interface Replacement {
  readonly lines: Lines;
  /** In place of the lines, without a line end at its end. */
  readonly newText: string;
}

export type FoundPlace =
  /** It stands there, letter for letter. */
  | { readonly kind: 'unchanged'; readonly lines: Lines }
  /** The lines are those that the snippet's commit had there. */
  | { readonly kind: 'certain'; readonly replacement: Replacement }
  | { readonly kind: 'guess'; readonly replacement: Replacement }
  /** Nothing tells where. */
  | { readonly kind: 'nowhere' };

const LINE_END = /\r\n|\r|\n/;
const BLANK = /^\s*$/;
/** Fewer lines with anything on them are found anywhere. */
const TELLING_LINES = 2;

/**
 * @param committed the whole file in the snippet's commit; undefined where it can't be had
 * @param eol the file's line end
 */
export function findPlace(
  fileText: string,
  snippet: Returning,
  committed: string | undefined,
  eol: '\n' | '\r\n',
): FoundPlace {
  const file = fileText.split(LINE_END);
  const given = wholeLines(snippet.text.split(LINE_END));
  const place = (lines: Lines): Replacement => replacementAt(file, lines, given, snippet.language, eol);
  const isAt = (start: number): boolean => {
    const lines = { start, end: start + given.length };
    const there = file.slice(start, lines.end).join(eol);
    return lines.end <= file.length && (given.join(eol) === there || place(lines).newText === there);
  };

  const named = namedLines(snippet, file);
  const standing = named && isAt(named.start) ? named.start : onlyPlace(file, given, isAt);
  if (standing !== undefined)
    return { kind: 'unchanged', lines: { start: standing, end: standing + given.length } };

  const base = committed === undefined ? undefined : baseOf(snippet, committed.split(LINE_END));
  if (base && named && isAlike(given, base)) {
    const isBaseAt = (start: number): boolean => base.every((line, index) => file[start + index] === line);
    const start = isBaseAt(named.start) ? named.start : onlyPlace(file, base, isBaseAt);
    if (start !== undefined)
      return { kind: 'certain', replacement: place({ start, end: start + base.length }) };
  }
  const guess = betweenEnds(file, given) ?? named;
  return guess ? { kind: 'guess', replacement: place(guess) } : { kind: 'nowhere' };
}

function replacementAt(
  file: readonly string[],
  lines: Lines,
  given: readonly string[],
  language: string,
  eol: '\n' | '\r\n',
): Replacement {
  const indentation = marginOf(file.slice(lines.start, lines.end), language);
  const target = { indentation, before: '', after: '', eol };
  return { lines, newText: reindent(given.join('\n'), language, target) };
}

/** The lines that the origin names, as far as the file has them. */
function namedLines({ startLine, endLine }: Returning, file: readonly string[]): Lines | undefined {
  if (startLine < 1 || endLine < startLine || startLine > file.length) return undefined;
  const start = startLine - 1;
  return { start, end: start + wholeLines(file.slice(start, endLine)).length };
}

function baseOf(
  { startLine, endLine }: Returning,
  committed: readonly string[],
): readonly string[] | undefined {
  if (startLine < 1 || endLine < startLine || endLine > committed.length) return undefined;
  return wholeLines(committed.slice(startLine - 1, endLine));
}

/** Without the empty rest after a last line end: it is no line of its own. */
function wholeLines(lines: readonly string[]): readonly string[] {
  return lines.length > 1 && lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** Where lines are that are there exactly once, and are enough to tell. */
function onlyPlace(
  file: readonly string[],
  lines: readonly string[],
  isAt: (start: number) => boolean,
): number | undefined {
  const telling = lines.findIndex((line) => !BLANK.test(line));
  if (lines.filter((line) => !BLANK.test(line)).length < TELLING_LINES) return undefined;
  const sought = lines[telling]?.trim();
  const starts = file.flatMap((line, index) =>
    line.trim() === sought && index >= telling && isAt(index - telling) ? [index - telling] : [],
  );
  return starts.length === 1 ? starts[0] : undefined;
}

/**
 * Whether a text is a new version of these lines: at least half of them is the same, from the first line on or up to
 * the last. The lines of a file that was edited before the push are some lines off: then neither end fits. A text with
 * fewer lines may have been selected in several places, and would take away what lies between.
 */
function isAlike(given: readonly string[], base: readonly string[]): boolean {
  const one = tellingLines(given);
  const other = tellingLines(base);
  if (other.length === 0 || one.length < other.length) return false;
  const head = commonStart(one, other);
  const tail = Math.min(commonStart(one.toReversed(), other.toReversed()), other.length - head);
  return 2 * (head + tail) >= other.length;
}

function tellingLines(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

function commonStart(one: readonly string[], other: readonly string[]): number {
  const differs = one.findIndex((line, index) => line !== other[index]);
  return differs === -1 ? one.length : differs;
}

/** From the text's first line to its last, where the file has each exactly once. */
function betweenEnds(file: readonly string[], given: readonly string[]): Lines | undefined {
  const telling = tellingLines(given);
  const first = onlyIndex(file, telling[0]);
  const last = onlyIndex(file, telling.at(-1));
  if (telling.length < TELLING_LINES || first === undefined || last === undefined || last <= first)
    return undefined;
  return { start: first, end: last + 1 };
}

function onlyIndex(file: readonly string[], sought: string | undefined): number | undefined {
  const at = file.findIndex((line) => line.trim() === sought);
  return at === -1 || file.findLastIndex((line) => line.trim() === sought) !== at ? undefined : at;
}
