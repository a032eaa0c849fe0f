// What pybin's own linters say of a frozen push: of its text alone, and of the documents around it.
// Decides what is asked; what the answers mean is told in shared/lint.

import type { OwnCheck } from '../../shared/lint/verdict.ts';
import { findAlone } from './alone.ts';
import { findAround, type FoundAround } from './around.ts';
import type { Found } from './asking.ts';
import type { FrozenPush } from './frozen.ts';
import type { Linters } from './linter.ts';

export const PYTHON = 'python';

/** @throws the signal's reason once it is aborted */
export async function checkOwn(
  frozen: FrozenPush,
  linters: Pick<Linters, 'bundled' | 'getProjectRuff'>,
  signal: AbortSignal,
): Promise<OwnCheck> {
  if (frozen.languageId !== PYTHON) return { kind: 'none' };
  const around = await findAround(frozen, linters, signal);
  if (around.kind === 'failed') return around;
  const alone = getAsWhole(frozen, around) ?? (await findAlone(frozen, linters.bundled, signal));
  if (alone.kind === 'failed') return alone;
  return {
    kind: 'checked',
    alone: alone.findings,
    inDocument: frozen.parts.map(({ document }) =>
      around.kind === 'found' ? (around.findings.get(document.uri.toString()) ?? []) : [],
    ),
    proof: around.kind === 'found' ? around.proof : alone.proof,
  };
}

/** What was found around a text that is all of its file is what is found in it. */
function getAsWhole({ parts, around: { kind } }: FrozenPush, around: FoundAround): Found | undefined {
  const [part, ...others] = parts;
  if (around.kind !== 'found' || kind === 'notebook' || !part?.isWhole || others.length > 0) return undefined;
  const findings = around.findings.get(part.document.uri.toString()) ?? [];
  return { ...around, findings: findings.map((finding) => ({ piece: 0, finding })) };
}
