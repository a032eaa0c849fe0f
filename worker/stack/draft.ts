// A draft made ready for the Stack: checked, measured, hashed and packed. Pure.

import { createHash } from 'node:crypto';
import { firstLineOf } from '../../shared/first-line.ts';
import { limits } from '../../shared/limits.ts';
import { accept, type Result } from '../../shared/problem.ts';
import { checkDetails, checkRequestId, checkTextSize, type DraftDetails } from '../../shared/snippet.ts';
import { packBody } from './body.ts';
import { writeProof } from './proof.ts';
import type { Draft } from './push.ts';

const encoder = new TextEncoder();
// Not strict: what is looked at may end inside a character.
const decoder = new TextDecoder();

/** @param text UTF-8, already known to be valid */
export function packDraft(text: Uint8Array, details: DraftDetails, requestId: string): Result<Draft> {
  const checked = checkDetails(details);
  if (!checked.ok) return checked;
  const { description: words, language, visibility, ttlSeconds, fileName } = details;
  const description = encoder.encode(words);
  // Cut between characters, never inside one: a row holds no half surrogate pair.
  const summary = Array.from(words.slice(0, 2 * limits.summaryCharacters))
    .slice(0, limits.summaryCharacters)
    .join('');
  return (
    checkTextSize(text.byteLength) ??
    checkRequestId(requestId) ??
    accept({
      ...packBody(text),
      sha256: createHash('sha256').update(text).digest('hex'),
      summary,
      firstLine: firstLineOf(decoder.decode(text.subarray(0, limits.firstLine.lookedAtCharacters))),
      description: summary === words ? undefined : packBody(description),
      descriptionBytes: description.byteLength,
      language,
      visibility,
      ttlSeconds,
      fileName,
      proof: writeProof(details),
      requestId,
    })
  );
}
