// What a lint tool found, in one form for all tools: where in the document, of which class, how grave.
// Pure. A code is a string here, whatever its tool made of it; what has no place gets the text's beginning.

import { limits } from '../limits.ts';
import type { KeptFinding } from '../snippet.ts';
import { comparePositions, type Position, type TextRange } from './range.ts';

/** The source of the diagnostics that pybin itself shows: never read back. */
export const ownSource = 'pybin';

/** What a finding is about. The gate decides by this: severities can't be compared across tools. */
export type FindingClass =
  /** The text is no Python, or none that compiles. */
  | 'syntax'
  /** A name that nothing defines. */
  | 'undefined-name'
  /** A module that isn't installed here: says more about the machine than about the code. */
  | 'missing-import'
  /** Fails when it runs, or its tool calls it an error. */
  | 'error'
  /** Unused, unusual, unsightly. */
  | 'style';

export type Severity = 'error' | 'warning' | 'note';

/** Does "Fix All" correct it? `maybe`: its tool takes part in that, and only it knows. */
export type Fix = 'sure' | 'maybe' | 'none';

/** Who found it: a tool of the editor, whose diagnostics people see there, or the Ruff that pybin runs. */
export type FindingOrigin = 'editor' | 'own';

export interface Finding {
  readonly tool: string;
  /** Empty where the tool gave none. */
  readonly code: string;
  readonly message: string;
  readonly class: FindingClass;
  readonly severity: Severity;
  readonly range: TextRange;
  readonly origin: FindingOrigin;
  readonly fix: Fix;
}

/** A code as tools and editors give it. */
export type RawCode = string | number | { readonly value: string | number } | null | undefined;

/** A diagnostic of the editor as plain data. */
export interface RawFinding {
  readonly source: string | undefined;
  readonly code: RawCode;
  readonly message: string;
  readonly severity: Severity | 'hint';
  readonly range: TextRange | null;
}

export function codeText(code: RawCode): string {
  if (code === null || code === undefined) return '';
  return String(typeof code === 'object' ? code.value : code);
}

const QUOTED = /[`'"‘“]([^`'"’”]+)[`'"’”]/u;

/** The name that an undefined-name finding is about: every tool puts it in quotes first. */
export function getNamedName(finding: Finding): string | undefined {
  return QUOTED.exec(finding.message)?.[1];
}

/** In the order of the text; where two begin together, the order of their codes. */
export function compareFindings(a: Finding, b: Finding): number {
  return comparePositions(a.range.start, b.range.start) || compareText(a.code, b.code);
}

/**
 * A finding as it is kept with the snippet: lines and columns from 1 within the snippet's own text,
 * its strings cut to what a draft may hold.
 * @param start where the part of the snippet that it is in begins in the document
 * @param firstLine the line of the snippet, from 0, that this part begins; it begins in column 0
 */
export function keepFinding(finding: Finding, start: Position, firstLine: number): KeptFinding {
  const { line, character } = finding.range.start;
  const lines = line - start.line;
  const columns = lines === 0 ? character - start.character : character;
  const before = lines < 0 || columns < 0;
  return {
    tool: cut(finding.tool, limits.languageCharacters),
    code: cut(finding.code, limits.needCharacters),
    message: cut(finding.message, limits.findingMessageCharacters),
    line: firstLine + (before ? 1 : lines + 1),
    column: before ? 1 : columns + 1,
  };
}

// A cut through a surrogate pair leaves half of one, which UTF-8 has no form for.
function cut(text: string, characters: number): string {
  return text.slice(0, characters).toWellFormed();
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
