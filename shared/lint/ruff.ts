// What Ruff is asked for and what it answers, as plain data that can cross a thread.
// Pure. Rows and columns are from 1, columns in UTF-16 units. An answer of another form is no answer.

/** The bundled Ruff's options, by the names of `ruff.toml`. */
export const ruffOptions = {
  // The newest grammar there is: what an older Python refuses, the editor's own tools know.
  'target-version': 'py315',
  lint: {
    // What breaks code: syntax, formats, comparisons, statements out of place, undefined names.
    select: ['E9', 'F5', 'F6', 'F7', 'F82'],
    // Answers don't say which fixes are safe: of these rules, every fix is.
    fixable: ['F541', 'F632'],
  },
} as const;

export interface RuffPlace {
  readonly row: number;
  readonly column: number;
}

export interface RuffEdit {
  readonly start: RuffPlace;
  readonly end: RuffPlace;
  readonly content: string;
}

export interface RuffDiagnostic {
  readonly code: string | null;
  readonly message: string;
  readonly start: RuffPlace | null;
  readonly end: RuffPlace | null;
  readonly edits: readonly RuffEdit[];
  /** The cell of the notebook that it is in, from 1; null where it is in none. */
  readonly cell: number | null;
}

/** Brings a place as Ruff told it to columns in UTF-16 units. */
type Unify = (place: RuffPlace, cell: number | null) => RuffPlace;

/** What the bundled Ruff's `check` gave; undefined where that has another form. It counts as asked. */
export function readRuffDiagnostics(answer: unknown): RuffDiagnostic[] | undefined {
  return readAll(answer, 'start_location', (place) => place);
}

/**
 * The diagnostics of `ruff check --output-format json`; undefined where it is another form. Its columns are in code
 * points. @param texts what was checked: one text, or the cells of a notebook
 */
export function readRuffReport(json: string, texts: readonly string[]): RuffDiagnostic[] | undefined {
  const lines = new Map<number, readonly string[]>();
  const linesOf = (index: number): readonly string[] => {
    const known = lines.get(index) ?? (texts[index] ?? '').split(/\r\n|\r|\n/);
    lines.set(index, known);
    return known;
  };
  return readAll(getJson(json), 'location', ({ row, column }, cell) => ({
    row,
    column: utf16Column(linesOf((cell ?? 1) - 1)[row - 1] ?? '', column),
  }));
}

/** @param column in code points, from 1; it may be behind the line's end */
function utf16Column(line: string, column: number): number {
  let units = 0;
  for (let points = 1; points < column; points += 1) units += (line.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  return units + 1;
}

function getJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function readAll(
  answer: unknown,
  startName: 'start_location' | 'location',
  unify: Unify,
): RuffDiagnostic[] | undefined {
  if (!Array.isArray(answer)) return undefined;
  const items: readonly unknown[] = answer;
  const diagnostics: RuffDiagnostic[] = [];
  for (const item of items) {
    const diagnostic = readDiagnostic(item, startName, unify);
    if (diagnostic === undefined) return undefined;
    diagnostics.push(diagnostic);
  }
  return diagnostics;
}

function readDiagnostic(item: unknown, startName: string, unify: Unify): RuffDiagnostic | undefined {
  if (!isRecord(item)) return undefined;
  const { code = null, message } = item;
  if (typeof message !== 'string' || (code !== null && typeof code !== 'string')) return undefined;
  const cell = typeof item['cell'] === 'number' ? item['cell'] : null;
  const place = (told: unknown): RuffPlace | null => {
    const read = readPlace(told);
    return read && unify(read, cell);
  };
  return {
    code,
    message,
    start: place(item[startName]),
    end: place(item['end_location']),
    edits: readEdits(item['fix'], place),
    cell,
  };
}

// A fix with one edit that can't be read is left alone as a whole: half a fix is none. So is one that may change
// what the code does; the bundled Ruff doesn't say, and is asked for none.
function readEdits(fix: unknown, place: (told: unknown) => RuffPlace | null): RuffEdit[] {
  if (!isRecord(fix) || !Array.isArray(fix['edits'])) return [];
  if ((fix['applicability'] ?? 'safe') !== 'safe') return [];
  const items: readonly unknown[] = fix['edits'];
  const edits = items.map((item) => readEdit(item, place));
  return edits.every((edit) => edit !== undefined) ? edits : [];
}

function readEdit(edit: unknown, place: (told: unknown) => RuffPlace | null): RuffEdit | undefined {
  if (!isRecord(edit)) return undefined;
  const start = place(edit['location']);
  const end = place(edit['end_location']);
  const content = edit['content'] ?? '';
  if (start === null || end === null || typeof content !== 'string') return undefined;
  return { start, end, content };
}

function readPlace(place: unknown): RuffPlace | null {
  if (!isRecord(place)) return null;
  const { row, column } = place;
  return typeof row === 'number' && typeof column === 'number' ? { row, column } : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
