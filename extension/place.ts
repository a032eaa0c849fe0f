// Where in a document something stands, in words for people: in a notebook each cell counts lines of its own. Pure.

import type { PartFinding } from '../shared/lint/verdict.ts';
import type { FrozenDocument, FrozenPush } from './gate/frozen.ts';
import type { Translate } from './words.ts';

export interface Place {
  /** Of a notebook, from 1, as the editor counts them; undefined in any other document. */
  readonly cell: number | undefined;
  /** From 1. */
  readonly line: number;
}

/** @param line of the document, from 0 */
export function placeIn(document: Pick<FrozenDocument, 'cell'> | undefined, line: number): Place {
  return { cell: document?.cell, line: line + 1 };
}

export function placeOfFinding(
  { parts }: Pick<FrozenPush, 'parts'>,
  { part, range }: Pick<PartFinding, 'part' | 'range'>,
): Place {
  return placeIn(parts[part]?.document, range.start.line);
}

/** `line 2`, `cell 3, line 2`: within a sentence. */
export function placeLabel({ cell, line }: Place, t: Translate): string {
  return cell === undefined ? t('line {0}', line) : t('cell {0}, line {1}', cell, line);
}

/** `Line 2`, `Cell 3, line 2`: where it begins one. */
export function placeTitle({ cell, line }: Place, t: Translate): string {
  return cell === undefined ? t('Line {0}', line) : t('Cell {0}, line {1}', cell, line);
}
