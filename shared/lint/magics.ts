// A notebook's cell as plain Python: IPython's commands (`%timeit f()`, `!ls`, `len?`) are made to parse.
// Pure. Lines keep their number. Only for a cell that doesn't parse as it is: `%` may also continue a line.

// Cell magics whose body IPython runs as Python; the body of any other is another language's.
const PYTHON_CELL = /^(capture|debug|prun|pypy|python|python3|time|timeit)\b/;

const CELL_MAGIC = /^\s*%%(\w+)/;
const LINE_COMMAND = /^([ \t]*)(?:[%!].*|\?.*|[\w.%*]+\?\??[ \t]*)$/;
const ASSIGNED_COMMAND = /^([ \t]*[\w.,[\] \t]+=[ \t]*)[%!].*$/;

// Commands that bring names which no text shows.
const BRINGS_NAMES =
  /^[ \t]*%(?:pylab|run|load|loadpy|rerun|recall|store|edit|macro|cpaste|paste)\b|^\s*%%\w+.*[ \t](?:-o|--out|--err)\b/m;
const CAPTURE = /^\s*%%capture[ \t]+\w/;

/** Names that IPython itself puts into every notebook. */
export const notebookNames: ReadonlySet<string> = new Set([
  '__IPYTHON__',
  'display',
  'get_ipython',
  'In',
  'Out',
  '_',
  '__',
  '___',
  'exit',
  'quit',
]);

/** May running the cell bind names that its text doesn't bind? */
export function mayBindUnseen(cell: string): boolean {
  return BRINGS_NAMES.test(cell) || CAPTURE.test(cell);
}

/** The cell's text with each command replaced by a statement that does nothing; empty for another language's cell. */
export function withoutMagics(cell: string): string {
  const magic = CELL_MAGIC.exec(cell)?.[1];
  if (magic !== undefined && !PYTHON_CELL.test(magic)) return '';
  return cell
    .split(/(\r\n|\r|\n)/)
    .map((line) => line.replace(LINE_COMMAND, '$1pass').replace(ASSIGNED_COMMAND, '$1None'))
    .join('');
}
