// What goes along with a text, as the JSON that is stored: by what it was checked, where it came from, what the gate
// found and let pass, and the names it needs. Pure. It stays text on its way through the Stack, which only keeps it.

import type { Proof } from '../../shared/lint/proof.ts';
import { isNoOrigin, isNoProof, type Origin, withoutPassword } from '../../shared/provenance.ts';
import type { DraftDetails } from '../../shared/snippet.ts';

/** What is not known is not there. */
export interface Provenance {
  readonly proof?: Proof | undefined;
  readonly origin?: Origin | undefined;
}

type Carried = Provenance & Pick<DraftDetails, 'findings' | 'needs'>;

/** How a text begins that has a proof: {@link checkedWith} need not read others. */
const WITH_PROOF = '{"proof":';

export function writeProof({ proof, origin, findings, needs }: Carried): string {
  return JSON.stringify({ ...known({ proof, origin }), findings, needs } satisfies Carried);
}

/** Of a text of which nothing was found, and nothing is known. */
export const emptyProof = writeProof({ findings: [], needs: [] });

/** The inverse of {@link writeProof}. */
export function readProof(text: string): Carried {
  const carried: Carried = JSON.parse(text);
  return carried;
}

/** The part of a proof that the archive's index keeps. */
export function provenanceOf(text: string): string {
  return JSON.stringify(known(readProof(text)));
}

/** The inverse of {@link provenanceOf}. */
export function readProvenance(text: string): Provenance {
  const provenance: Provenance = JSON.parse(text);
  return provenance;
}

/** The linter and its version, such as "Ruff 0.17.3": what everybody may see of a proof. Empty where none checked it. */
export function checkedWith(text: string): string {
  if (!text.startsWith(WITH_PROOF)) return '';
  const { proof } = readProof(text);
  return proof ? `${proof.linter} ${proof.linterVersion}`.trim() : '';
}

function known({ proof, origin }: Provenance): Provenance {
  return {
    ...(proof && !isNoProof(proof) && { proof }),
    ...(origin && !isNoOrigin(origin) && { origin: withoutPassword(origin) }),
  };
}
