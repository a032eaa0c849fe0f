// What each line of a Python text begins in: a statement, its continuation, a string's inside.
// Pure, and never wrong-footed: text that doesn't parse is read as far as its tokens go.

/**
 * `statement` begins a statement (or is blank or a comment between two), `continuation` goes on with one
 * inside brackets or after a backslash, `string` begins inside a string whose value counts, `docstring`
 * inside a string that stands as a statement of its own.
 */
export type LineKind = 'statement' | 'continuation' | 'string' | 'docstring';

export interface PythonLine {
  readonly kind: LineKind;
  /** Whether a block opens at its end: the one place after which a deeper indentation may follow. */
  readonly opensBlock: boolean;
}

interface OpenString {
  readonly quote: string;
  readonly kind: 'string' | 'docstring';
}

const STRING_PREFIX = /[A-Za-z]{0,2}$/;
const DOCSTRING_PREFIX = /^[rRuU]?$/;

/** Reads the lines of a text, given without their line ends. */
export function readPythonLines(lines: readonly string[]): PythonLine[] {
  let string: OpenString | undefined;
  let depth = 0;
  let continued = false;

  return lines.map((line) => {
    const kind = string?.kind ?? (depth > 0 || continued ? 'continuation' : 'statement');
    let last = '';
    let index = 0;
    continued = false;

    while (index < line.length) {
      if (string) {
        const end = findEnd(line, index, string.quote);
        if (end === undefined) break;
        index = end;
        string = undefined;
        last = '"';
        continue;
      }
      const character = line.charAt(index);
      if (character === '#') break;
      if (character === '"' || character === "'") {
        const quote = line.startsWith(character.repeat(3), index) ? character.repeat(3) : character;
        const before = line.slice(0, index);
        string = { quote, kind: kind === 'statement' && isDocstring(before, quote) ? 'docstring' : 'string' };
        index += quote.length;
        continue;
      }
      if ('([{'.includes(character)) depth += 1;
      if (')]}'.includes(character)) depth = Math.max(0, depth - 1);
      if (character === '\\' && index === line.length - 1) continued = true;
      if (character !== ' ' && character !== '\t') last = character;
      index += 1;
    }

    // A string in single quotes ends with its line unless a backslash carries it over.
    if (string && string.quote.length === 1 && !endsInBackslash(line)) string = undefined;
    return { kind, opensBlock: last === ':' };
  });
}

/** Where a string's closing quote ends, or undefined if it doesn't close on this line. */
function findEnd(line: string, from: number, quote: string): number | undefined {
  for (let index = from; index < line.length; index += 1) {
    if (line.charAt(index) === '\\') index += 1;
    else if (line.startsWith(quote, index)) return index + quote.length;
  }
  return undefined;
}

function isDocstring(before: string, quote: string): boolean {
  const prefix = STRING_PREFIX.exec(before)?.[0] ?? '';
  return (
    quote.length === 3 &&
    DOCSTRING_PREFIX.test(prefix) &&
    before.slice(0, -prefix.length || undefined).trim() === ''
  );
}

function endsInBackslash(line: string): boolean {
  const backslashes = /\\*$/.exec(line)?.[0] ?? '';
  return backslashes.length % 2 === 1;
}
