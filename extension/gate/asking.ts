// Asking the bundled Ruff about pieces of documents: laid out as one module, answered as findings in the documents.

import { withoutMagics } from '../../shared/lint/magics.ts';
import { ownTool, type PieceFinding, readOwnFindings } from '../../shared/lint/own-findings.ts';
import type { Proof } from '../../shared/lint/proof.ts';
import { type Layout, layOut, leftOutAlone, type Piece } from '../../shared/lint/selection.ts';
import type { Ruff, RuffAnswer } from './linter.ts';

export type Found =
  | { readonly kind: 'found'; readonly findings: readonly PieceFinding[]; readonly proof: Proof }
  | { readonly kind: 'failed'; readonly reason: string };

/** @throws the signal's reason once it is aborted */
export async function findIn(layout: Layout, ruff: Ruff, signal: AbortSignal): Promise<Found> {
  const answer = await ruff.check(layout.text, signal);
  if (answer.kind === 'failed') return answer;
  return { kind: 'found', findings: readOwnFindings(answer.diagnostics, layout), proof: proofOf(answer) };
}

/**
 * A notebook's cell, with the text that Ruff could read: its own, or the one without IPython's commands. They are
 * looked for only where the cell doesn't parse: what looks like one may be the second line of an expression.
 * @throws the signal's reason once it is aborted
 */
export async function readCell<Cell extends Piece>(
  cell: Cell,
  ruff: Ruff,
  signal: AbortSignal,
): Promise<{ readonly cell: Cell; readonly found: Found }> {
  const asItIs = await findIn(layOut(cell), ruff, signal);
  if (asItIs.kind === 'failed' || parses(asItIs.findings)) return { cell, found: asItIs };
  const plain = { ...cell, text: withoutMagics(cell.text) };
  const found = await findIn(layOut(plain), ruff, signal);
  const isUnread = found.kind === 'found' && !parses(found.findings);
  return isUnread ? { cell, found: asItIs } : { cell: plain, found };
}

/** Did it parse? A rule on statements out of place says nothing of that. */
export function parses(findings: readonly PieceFinding[]): boolean {
  return !findings.some(({ finding }) => finding.class === 'syntax' && !leftOutAlone.has(finding.code));
}

export function proofOf({
  version,
  configurationSha256,
}: Extract<RuffAnswer, { readonly kind: 'checked' }>): Proof {
  return { linter: ownTool, linterVersion: version, configurationSha256, overrideReason: '' };
}
