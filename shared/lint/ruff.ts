// What the bundled Ruff is asked for and what it answers, as plain data that can cross a thread.
// Pure. Rows and columns are from 1, columns in UTF-16 units. An answer of another form is no answer.

/** Ruff's options, by the names of `ruff.toml`. */
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
}

/** Ruff's diagnostics from what its `check` gave; undefined where that has another form. */
export function readRuffDiagnostics(answer: unknown): RuffDiagnostic[] | undefined {
  if (!Array.isArray(answer)) return undefined;
  const items: readonly unknown[] = answer;
  const diagnostics: RuffDiagnostic[] = [];
  for (const item of items) {
    const diagnostic = readDiagnostic(item);
    if (diagnostic === undefined) return undefined;
    diagnostics.push(diagnostic);
  }
  return diagnostics;
}

function readDiagnostic(item: unknown): RuffDiagnostic | undefined {
  if (!isRecord(item)) return undefined;
  const { code = null, message } = item;
  if (typeof message !== 'string' || (code !== null && typeof code !== 'string')) return undefined;
  return {
    code,
    message,
    start: readPlace(item['start_location']),
    end: readPlace(item['end_location']),
    edits: readEdits(item['fix']),
  };
}

// A fix with one edit that can't be read is left alone as a whole: half a fix is none.
function readEdits(fix: unknown): RuffEdit[] {
  if (!isRecord(fix) || !Array.isArray(fix['edits'])) return [];
  const items: readonly unknown[] = fix['edits'];
  const edits = items.map(readEdit);
  return edits.every((edit) => edit !== undefined) ? edits : [];
}

function readEdit(edit: unknown): RuffEdit | undefined {
  if (!isRecord(edit)) return undefined;
  const start = readPlace(edit['location']);
  const end = readPlace(edit['end_location']);
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
