// Does the text that will be pushed parse, and which names does it need? The bundled Ruff is asked about exactly
// that text; where that doesn't parse, about each of its parts in its place.

import type { PieceFinding } from '../../shared/lint/own-findings.ts';
import { layOut, layOutApart, leftOutAlone, type Piece } from '../../shared/lint/selection.ts';
import { findIn, type Found, parses, readCell } from './asking.ts';
import type { FrozenPush } from './frozen.ts';
import type { Ruff } from './linter.ts';

/** A finding's piece is the index of its part. @throws the signal's reason once it is aborted */
export async function findAlone(frozen: FrozenPush, ruff: Ruff, signal: AbortSignal): Promise<Found> {
  const found = await findInParts(frozen, ruff, signal);
  if (found.kind === 'failed') return found;
  return { ...found, findings: found.findings.filter(({ finding }) => !leftOutAlone.has(finding.code)) };
}

async function findInParts({ parts, around }: FrozenPush, ruff: Ruff, signal: AbortSignal): Promise<Found> {
  const joined = await findIn(layOut(...parts), ruff, signal);
  if (joined.kind === 'failed' || parses(joined.findings)) return joined;

  const findings: PieceFinding[] = [];
  const pieces: Piece[] = [];
  for (const [index, part] of parts.entries()) {
    const { cell, found } =
      around.kind === 'notebook'
        ? await readCell(part, ruff, signal)
        : { cell: part, found: await findIn(layOut(part), ruff, signal) };
    if (found.kind === 'failed') return found;
    findings.push(...found.findings.map(({ finding }) => ({ piece: index, finding })));
    pieces.push(cell);
  }
  const inPlaces: Found = { ...joined, findings };
  if (!parses(findings)) return inPlaces;
  // Each parses where it stands. What one defines, those after it don't need.
  const apart = await findIn(layOutApart(pieces), ruff, signal);
  return apart.kind === 'failed' || parses(apart.findings) ? apart : inPlaces;
}
