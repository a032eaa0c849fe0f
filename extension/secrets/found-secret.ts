// What a scan found: where it stands and what it is, never the secret itself. Pure.

import type { Place } from '../place.ts';

/** A secret in a text. */
export interface FoundSecret {
  /** What it is, for a person: "AWS access key", "password". */
  readonly what: string;
  /** Where it begins in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** A secret as it may be shown: its line, with every secret of the line masked. */
export interface ShownSecret {
  readonly what: string;
  /** As its author's editor counts it. */
  readonly place: Place;
  /** Of the text that is pushed, from 0. */
  readonly textLine: number;
  readonly maskedLine: string;
}

const MASK = '••••••••';
/** A line is shown in a dialog: more of it than this says nothing more. */
const SHOWN_CHARACTERS = 100;

/**
 * One entry a line, in order: of several secrets in a line, all are masked and the first one is named.
 * @param placeOf where a line of the text, from 0, stands in its author's editor
 */
export function toShown(
  text: string,
  found: readonly FoundSecret[],
  placeOf: (textLine: number) => Place,
): ShownSecret[] {
  const shown: ShownSecret[] = [];
  let start = 0;
  for (const [textLine, content] of text.split('\n').entries()) {
    const end = start + content.length;
    const here = found.filter((secret) => secret.start <= end && secret.end > start);
    const [first] = here;
    // Of one that goes over several lines, such as a private key, the first line stands for all.
    if (first && here.some((secret) => secret.start >= start))
      shown.push({
        what: first.what,
        place: placeOf(textLine),
        textLine,
        maskedLine: maskLine(content, start, here),
      });
    start = end + 1;
  }
  return shown;
}

/** In order, those that overlap as one: two scanners may find the same. */
export function merged(found: readonly FoundSecret[]): FoundSecret[] {
  const apart: FoundSecret[] = [];
  for (const secret of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const before = apart.at(-1);
    if (!before || secret.start >= before.end) apart.push(secret);
    else apart[apart.length - 1] = { ...before, end: Math.max(before.end, secret.end) };
  }
  return apart;
}

function maskLine(line: string, lineStart: number, secrets: readonly FoundSecret[]): string {
  let masked = '';
  let done = 0;
  for (const { start, end } of merged(secrets)) {
    masked += line.slice(done, Math.max(start - lineStart, 0)) + MASK;
    done = Math.min(end - lineStart, line.length);
  }
  const whole = (masked + line.slice(done)).trim();
  return whole.length > SHOWN_CHARACTERS ? `${whole.slice(0, SHOWN_CHARACTERS - 1)}…` : whole;
}
