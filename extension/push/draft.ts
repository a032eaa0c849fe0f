// A frozen text and what the gate let pass, as the push that is sent. Pure.

import type { Push } from '../../shared/client.ts';
import { limits } from '../../shared/limits.ts';
import { noProof } from '../../shared/lint/proof.ts';
import type { Verdict } from '../../shared/lint/verdict.ts';
import { accept, type Result } from '../../shared/problem.ts';
import { checkDetails, checkText, checkTextSize, plainDetails, utf8Bytes } from '../../shared/snippet.ts';

/** What a push is made of. */
export interface Frozen {
  readonly text: string;
  readonly languageId: string;
  readonly fileName: string;
}

/** What people may say of a push besides its text. */
export type PushOptions = Pick<Push, 'description' | 'visibility' | 'ttlSeconds' | 'alias' | 'burnReads'>;

/** A push of which nothing was said: as the account's defaults say. */
export const noOptions: PushOptions = {
  description: plainDetails.description,
  visibility: plainDetails.visibility,
  ttlSeconds: plainDetails.ttlSeconds,
  alias: plainDetails.alias,
  burnReads: plainDetails.burnReads,
};

/** What a push is to be: what was said of it, and the id under which it is stored at most once. */
export interface Intent {
  readonly options: PushOptions;
  readonly requestId: string;
}

/** What goes along with a text that the gate let pass. */
export type Passed = Pick<Extract<Verdict, { readonly kind: 'clean' }>, 'kept' | 'needs' | 'proof'>;

/** Refuses a text that no correction of its code makes fit to send: too much of it, or no UTF-8 for it. */
export function checkFrozen(text: string): Result<void> {
  return checkText('text', text) ?? checkTextSize(utf8Bytes(text)) ?? accept(undefined);
}

/** A push that goes in spite of what was found. */
export function withReason(draft: Push, overrideReason: string): Push {
  const proof = draft.proof ?? noProof;
  // It may go in spite of findings, too.
  const reasons = [proof.overrideReason, overrideReason].filter((reason) => reason !== '').join('\n');
  return {
    ...draft,
    proof: { ...proof, overrideReason: reasons.slice(0, limits.overrideReasonCharacters).toWellFormed() },
  };
}

/** The push to send. What goes along with a text never stops it: what the edge would refuse of it is left out. */
export function toDraft(
  frozen: Frozen,
  { kept, needs, proof }: Passed,
  { options, requestId }: Intent,
): Push {
  const { text, languageId, fileName } = frozen;
  const language = fits({ language: languageId }) ? languageId : '';
  return {
    ...plainDetails,
    ...options,
    text,
    requestId,
    language,
    fileName: fits({ fileName }) ? fileName : '',
    findings: kept.filter((finding) => fits({ findings: [finding] })).slice(0, limits.findings),
    needs: needs.filter((name) => fits({ needs: [name] })).slice(0, limits.needs),
    proof: fits({ proof }) ? proof : undefined,
  };
}

function fits(detail: Partial<typeof plainDetails>): boolean {
  return checkDetails({ ...plainDetails, ...detail }).ok;
}
