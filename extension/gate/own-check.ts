// What the bundled Ruff says of a frozen push: of its text alone, and of the document around it.
// Decides what is asked; what the answers mean is told in shared/lint.

import { withoutMagics } from '../../shared/lint/magics.ts';
import { readOwnFindings } from '../../shared/lint/own-findings.ts';
import type { Finding } from '../../shared/lint/finding.ts';
import { type Layout, layOut, leftOutAlone, type Piece } from '../../shared/lint/selection.ts';
import type { OwnCheck } from '../../shared/lint/verdict.ts';
import { type FrozenPush, pieceOf } from './frozen.ts';
import type { Ruff } from './ruff.ts';

export const PYTHON = 'python';

/** @throws the signal's reason once it is aborted */
export async function checkOwn(frozen: FrozenPush, ruff: Ruff, signal: AbortSignal): Promise<OwnCheck> {
  if (frozen.languageId !== PYTHON) return { kind: 'none' };
  const piece = pieceOf(frozen);
  const asItIs = await findIn(layOut(piece), ruff, signal);
  if (asItIs.kind === 'failed') return asItIs;
  if (isWhole(frozen)) return { kind: 'checked', alone: asItIs.findings, inDocument: asItIs.findings };

  const alone = frozen.isNotebookCell ? await findInCell(piece, asItIs.findings, ruff, signal) : asItIs;
  if (alone.kind === 'failed') return alone;
  const inDocument = await findInDocument(frozen.documentText, ruff, signal);
  if (inDocument.kind === 'failed') return inDocument;
  return {
    kind: 'checked',
    alone: alone.findings.filter((finding) => !leftOutAlone.has(finding.code)),
    inDocument: inDocument.findings,
  };
}

type Found =
  | { readonly kind: 'found'; readonly findings: readonly Finding[] }
  | { readonly kind: 'failed'; readonly reason: string };

async function findIn(layout: Layout, ruff: Ruff, signal: AbortSignal): Promise<Found> {
  const answer = await ruff.check(layout.text, signal);
  if (answer.kind === 'failed') return answer;
  return { kind: 'found', findings: readOwnFindings(answer.diagnostics, layout) };
}

async function findInDocument(text: string | undefined, ruff: Ruff, signal: AbortSignal): Promise<Found> {
  if (text === undefined) return { kind: 'found', findings: [] };
  return findIn(layOut({ text, start: { line: 0, character: 0 }, indent: '' }), ruff, signal);
}

// A cell that doesn't parse may hold IPython's commands. Only then are they looked for: what looks like one
// may be the second line of an expression.
async function findInCell(
  piece: Piece,
  asItIs: readonly Finding[],
  ruff: Ruff,
  signal: AbortSignal,
): Promise<Found> {
  const unread: Found = { kind: 'found', findings: asItIs };
  if (!asItIs.some(isSyntax)) return unread;
  const layout = { ...layOut(piece), text: layOut({ ...piece, text: withoutMagics(piece.text) }).text };
  const read = await findIn(layout, ruff, signal);
  return read.kind === 'found' && read.findings.some(isSyntax) ? unread : read;
}

function isSyntax(finding: Finding): boolean {
  return finding.class === 'syntax' && !leftOutAlone.has(finding.code);
}

function isWhole({ documentText, lintText }: FrozenPush): boolean {
  return documentText === lintText;
}
