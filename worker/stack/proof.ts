// The proof line of a snippet: what the gate found and let pass, as the JSON text that is stored. Pure.
// It stays text on its way through the Stack, which only keeps it.

import type { DraftDetails } from '../../shared/snippet.ts';

type Proof = Pick<DraftDetails, 'findings' | 'needs'>;

export function writeProof({ findings, needs }: Proof): string {
  return JSON.stringify({ findings, needs } satisfies Proof);
}

/** Of a text of which nothing was found. */
export const emptyProof = writeProof({ findings: [], needs: [] });

/** The inverse of {@link writeProof}. */
export function readProof(text: string): Proof {
  const proof: Proof = JSON.parse(text);
  return proof;
}
