// What is found in the whole documents that a push is from: the project's own Ruff is asked where there is one,
// else the bundled one. In a notebook, all other cells count as run before.

import { type Finding, getNamedName } from '../../shared/lint/finding.ts';
import { mayBindUnseen, notebookNames } from '../../shared/lint/magics.ts';
import { readOwnFindings } from '../../shared/lint/own-findings.ts';
import type { Proof } from '../../shared/lint/proof.ts';
import { endOfText } from '../../shared/lint/range.ts';
import type { RuffDiagnostic } from '../../shared/lint/ruff.ts';
import { layOut, layOutApart, layOutAsIs, type Piece } from '../../shared/lint/selection.ts';
import { findIn, type Found, parses, proofOf, readCell } from './asking.ts';
import { documentsOf, type FrozenDocument, type FrozenPush } from './frozen.ts';
import type { Linters, ProjectRuff, Ruff } from './linter.ts';

export type FoundAround =
  | {
      readonly kind: 'found';
      /** By the document's URI. */
      readonly findings: ReadonlyMap<string, readonly Finding[]>;
      readonly proof: Proof;
    }
  /** Names may be defined where nobody looks. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly reason: string };

/** @throws the signal's reason once it is aborted */
export async function findAround(
  frozen: FrozenPush,
  { bundled, getProjectRuff }: Pick<Linters, 'bundled' | 'getProjectRuff'>,
  signal: AbortSignal,
): Promise<FoundAround> {
  if (frozen.around.kind === 'notebook' && !frozen.around.cells) return { kind: 'unknown' };
  const documents = documentsAround(frozen);
  const project = await getProjectRuff(frozen.uri, signal);
  const found = project
    ? await findByProject(frozen, project, signal)
    : await findByBundled(frozen, documents, bundled, signal);
  if (found.kind !== 'found' || frozen.around.kind !== 'notebook') return found;
  return { ...found, findings: asNotebook(found.findings, documents) };
}

async function findByBundled(
  { around }: FrozenPush,
  documents: readonly FrozenDocument[],
  bundled: Ruff,
  signal: AbortSignal,
): Promise<FoundAround> {
  switch (around.kind) {
    case 'elsewhere':
      return { kind: 'unknown' };
    case 'document':
      return findInModule(documents, bundled, signal);
    case 'notebook':
      return findInCells(documents, bundled, signal);
    default:
      return around satisfies never;
  }
}

/** The documents to look at as one: the pushed ones last, so that what the others define is there. */
function documentsAround(frozen: FrozenPush): FrozenDocument[] {
  const pushed = documentsOf(frozen);
  const keys = new Set(pushed.map(keyOf));
  const others = (frozen.around.kind === 'notebook' && frozen.around.cells) || [];
  return [...others.filter((cell) => !keys.has(keyOf(cell))), ...pushed];
}

async function findByProject(
  frozen: FrozenPush,
  ruff: ProjectRuff,
  signal: AbortSignal,
): Promise<FoundAround> {
  const answer = await askProject(frozen, ruff, signal);
  if (answer.kind === 'failed') return answer;
  const findings = answer.byDocument.map(({ document, diagnostics }) => {
    const found = readOwnFindings(diagnostics, layOutAsIs(document.text));
    return [keyOf(document), found.map(({ finding }) => finding)] as const;
  });
  return { kind: 'found', findings: new Map(findings), proof: answer.proof };
}

type ProjectAnswer =
  | {
      readonly kind: 'answered';
      readonly byDocument: readonly {
        readonly document: FrozenDocument;
        readonly diagnostics: readonly RuffDiagnostic[];
      }[];
      readonly proof: Proof;
    }
  | { readonly kind: 'failed'; readonly reason: string };

/** Asks the project's Ruff about the file, or the notebook, that a push is from. @throws the signal's reason */
export async function askProject(
  frozen: FrozenPush,
  ruff: ProjectRuff,
  signal: AbortSignal,
): Promise<ProjectAnswer> {
  const documents = documentsAround(frozen);
  const texts = documents.map(({ text }) => text);
  const isNotebook = frozen.around.kind === 'notebook';
  const answer = await ruff.check({ uri: frozen.uri, texts, isNotebook }, signal);
  if (answer.kind === 'failed') return answer;
  const byDocument = documents.map((document, index) => ({
    document,
    diagnostics: answer.diagnostics.filter(({ cell }) => !isNotebook || cell === index + 1),
  }));
  return { kind: 'answered', byDocument, proof: proofOf(answer) };
}

async function findInModule(
  documents: readonly FrozenDocument[],
  ruff: Ruff,
  signal: AbortSignal,
): Promise<FoundAround> {
  const pieces = documents.map(toPiece);
  return toFoundAround(pieces, await findIn(layOut(...pieces), ruff, signal));
}

/** A cell that doesn't parse is left out: its faults aren't those of the others. */
async function findInCells(
  cells: readonly FrozenDocument[],
  ruff: Ruff,
  signal: AbortSignal,
): Promise<FoundAround> {
  const pieces = cells.map(toPiece);
  const together = await findIn(layOutApart(pieces), ruff, signal);
  if (together.kind === 'failed' || parses(together.findings)) return toFoundAround(pieces, together);

  const readable: DocumentPiece[] = [];
  for (const piece of pieces) {
    const { cell, found } = await readCell(piece, ruff, signal);
    if (found.kind === 'failed') return found;
    if (parses(found.findings)) readable.push(cell);
  }
  return toFoundAround(readable, await findIn(layOutApart(readable), ruff, signal));
}

interface DocumentPiece extends Piece {
  readonly document: FrozenDocument;
}

function toPiece(document: FrozenDocument): DocumentPiece {
  const { text } = document;
  const start = { line: 0, character: 0 };
  return { document, text, range: { start, end: endOfText(start, text) }, indent: '' };
}

function toFoundAround(pieces: readonly DocumentPiece[], found: Found): FoundAround {
  if (found.kind === 'failed') return found;
  const findings = pieces.map(({ document }, index) => {
    const ofPiece = found.findings.filter(({ piece }) => piece === index);
    return [keyOf(document), ofPiece.map(({ finding }) => finding)] as const;
  });
  return { kind: 'found', findings: new Map(findings), proof: found.proof };
}

/**
 * What counts in a notebook: names that IPython brings are defined, and where commands bring some that no cell shows,
 * any may be; a cell may `await`.
 */
function asNotebook(
  findings: ReadonlyMap<string, readonly Finding[]>,
  cells: readonly FrozenDocument[],
): ReadonlyMap<string, readonly Finding[]> {
  const anyMayBe = cells.some(({ text }) => mayBindUnseen(text));
  const counts = (finding: Finding): boolean => {
    if (finding.class === 'undefined-name')
      return !anyMayBe && !notebookNames.has(getNamedName(finding) ?? '');
    return !(finding.code === AWAIT_OUTSIDE && finding.message.includes('await'));
  };
  return new Map([...findings].map(([uri, found]) => [uri, found.filter(counts)]));
}

/** Ruff's rule on `yield` and `await` outside of functions. */
const AWAIT_OUTSIDE = 'F704';

function keyOf({ uri }: FrozenDocument): string {
  return uri.toString();
}
