// Which lines around some lines of Python may be whole statements, told by their indentation alone.
// Pure. A guess: whether they are is for a parser to say.

/** Lines from 0; the last one isn't part of it. */
export interface Lines {
  readonly from: number;
  readonly to: number;
}

/** A line that goes on with a statement further up at the same depth. */
const GOES_ON = /^[ \t]*(?:(?:elif|else|except|finally|case)\b|[)\]}])/;
const DECORATOR = /^[ \t]*@/;
const CODE = /^[ \t\f]*[^ \t\f#]/;

/** The smallest first, each wider than the one before it: at most so many, and at last all of the text. */
export function statementsAround(lines: readonly string[], { from, to }: Lines, most: number): Lines[] {
  const found: Lines[] = [];
  let depth = depthOf(lines.slice(from, to).find(isCode) ?? '');
  for (let start = from; start >= 0 && found.length < most; start -= 1) {
    const line = lines[start] ?? '';
    if (!isCode(line) || depthOf(line) > depth) continue;
    depth = depthOf(line);
    found.push({ from: decoratedFrom(lines, start), to: endOf(lines, depth, to) });
  }
  found.push({ from: 0, to: lines.length });
  return found.filter((each, index) => {
    const before = found[index - 1];
    return before?.from !== each.from || before.to !== each.to;
  });
}

/** The line behind the last of a statement that begins at a depth and holds all before `to`. */
function endOf(lines: readonly string[], depth: number, to: number): number {
  let end = to;
  // A decorator is nothing without what it stands above.
  let isOpen = DECORATOR.test(lines.slice(0, to).findLast(isCode) ?? '');
  for (let next = to; next < lines.length; next += 1) {
    const line = lines[next] ?? '';
    if (!isCode(line)) continue;
    const goesOn = depthOf(line) > depth || (depthOf(line) === depth && GOES_ON.test(line));
    if (!goesOn && !isOpen) break;
    isOpen = DECORATOR.test(line);
    end = next + 1;
  }
  return end;
}

function decoratedFrom(lines: readonly string[], start: number): number {
  let from = start;
  while (from > 0 && DECORATOR.test(lines[from - 1] ?? '')) from -= 1;
  return from;
}

function isCode(line: string): boolean {
  return CODE.test(line);
}

function depthOf(line: string): number {
  return /^[ \t\f]*/.exec(line)?.[0].length ?? 0;
}
