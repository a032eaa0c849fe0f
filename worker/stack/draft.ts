// What a push or a replacement says, made ready for the Stack: checked, and its description packed. Pure.

import { limits } from '../../shared/limits.ts';
import { accept, type Result } from '../../shared/problem.ts';
import {
  checkDetails,
  checkRequestId,
  type DraftDetails,
  plainDetails,
  type Visibility,
} from '../../shared/snippet.ts';
import { packBody } from './body.ts';
import { writeProof } from './proof.ts';
import type { Draft } from './push.ts';
import type { PackedText } from './text.ts';
import type { Update, UpdatedDescription } from './update.ts';

const encoder = new TextEncoder();

export interface PushOptions {
  /** Empty: a push that is never retried. */
  readonly requestId: string;
  /** Where the top has this very text, nothing is pushed. */
  readonly skipDuplicate: boolean;
}

export function packDraft(
  text: PackedText,
  details: DraftDetails,
  { requestId, skipDuplicate }: PushOptions,
): Result<Draft> {
  const checked = checkDetails(details);
  if (!checked.ok) return checked;
  const { summary, body, sizeBytes } = packDescription(details.description);
  return (
    checkRequestId(requestId) ??
    accept({
      ...text,
      summary,
      description: body,
      descriptionBytes: sizeBytes,
      language: details.language,
      visibility: details.visibility,
      ttlSeconds: details.ttlSeconds,
      fileName: details.fileName,
      proof: writeProof(details),
      alias: details.alias,
      burnReads: details.burnReads,
      skipDuplicate,
      requestId,
    })
  );
}

/** What a replacement gives; what is undefined stays as it is. */
export interface Given {
  readonly text:
    | (PackedText & Pick<DraftDetails, 'fileName' | 'findings' | 'needs' | 'proof' | 'origin'>)
    | undefined;
  readonly description: string | undefined;
  readonly language: string | undefined;
  readonly visibility: Visibility | undefined;
  readonly ttlSeconds: number | undefined;
  readonly alias: string | undefined;
}

export function packUpdate(
  given: Given,
  onto: Pick<Update, 'number' | 'revision' | 'texts' | 'requestId'>,
): Result<Update> {
  const { text, description, language, visibility, ttlSeconds, alias } = given;
  const checked = checkDetails({
    description: description ?? plainDetails.description,
    language: language ?? plainDetails.language,
    visibility,
    ttlSeconds,
    alias: alias ?? plainDetails.alias,
    burnReads: plainDetails.burnReads,
    fileName: text?.fileName ?? plainDetails.fileName,
    findings: text?.findings ?? plainDetails.findings,
    needs: text?.needs ?? plainDetails.needs,
    proof: text?.proof,
    origin: text?.origin,
  });
  if (!checked.ok) return checked;
  return (
    checkRequestId(onto.requestId) ??
    accept({
      ...onto,
      language,
      visibility,
      ttlSeconds,
      alias,
      description: description === undefined ? undefined : packDescription(description),
      text: text && {
        encoding: text.encoding,
        bytes: text.bytes,
        sizeBytes: text.sizeBytes,
        sha256: text.sha256,
        firstLine: text.firstLine,
        fileName: text.fileName,
        proof: writeProof(text),
      },
    })
  );
}

function packDescription(description: string): UpdatedDescription {
  // Cut between characters, never inside one: a row holds no half surrogate pair.
  const summary = Array.from(description.slice(0, 2 * limits.summaryCharacters))
    .slice(0, limits.summaryCharacters)
    .join('');
  const bytes = encoder.encode(description);
  return {
    summary,
    body: summary === description ? undefined : packBody(bytes),
    sizeBytes: bytes.byteLength,
  };
}
