// What a valid draft is: the checks that both sides make before anything is sent or stored.
// Pure. A refusal names the field.

import { isAlias } from './address.ts';
import { limits } from './limits.ts';
import type { Proof } from './lint/proof.ts';
import { accept, refuse, type Refusal, type Result } from './problem.ts';
import { checkOrigin, checkProof, type Origin } from './provenance.ts';

export const visibilities = ['public', 'unlisted', 'private'] as const;
export type Visibility = (typeof visibilities)[number];

/** What the gate found and let pass, kept beside the snippet. Line and column are from 1, columns in UTF-16 units. */
export interface KeptFinding {
  readonly tool: string;
  readonly code: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** All that a push says of its text. */
export interface DraftDetails {
  readonly description: string;
  /** A language id as editors name it; empty if unknown. */
  readonly language: string;
  /** Undefined: as the account's default says. */
  readonly visibility: Visibility | undefined;
  /** Undefined: as the account's default says. */
  readonly ttlSeconds: number | undefined;
  readonly findings: readonly KeptFinding[];
  /** Names that the text uses and its file defines elsewhere. */
  readonly needs: readonly string[];
  /** The file's name without its folders; empty if unknown. */
  readonly fileName: string;
  /** By what it was found clean; absent where nothing is known of it. */
  readonly proof?: Proof | undefined;
  /** Where in a repository it came from; absent where nothing is known of it. */
  readonly origin?: Origin | undefined;
  /** The owner's own name for it; empty where it has none. */
  readonly alias: string;
  /** Gone after so many reads; 0 where reading leaves it. */
  readonly burnReads: number;
}

export const plainDetails: DraftDetails = {
  description: '',
  language: '',
  visibility: undefined,
  ttlSeconds: undefined,
  findings: [],
  needs: [],
  fileName: '',
  alias: '',
  burnReads: 0,
};

const LANGUAGE = new RegExp(`^[A-Za-z0-9+#._-]{0,${limits.languageCharacters}}$`);
// A file name is shown and reflected in pages: no separators, no control characters.
const FILE_NAME = /^[^/\\\p{Cc}\u2028\u2029]*$/u;

const encoder = new TextEncoder();

/** Size of a text in UTF-8 bytes. */
export function utf8Bytes(text: string): number {
  return encoder.encode(text).byteLength;
}

/** Refuses details over a limit or of the wrong form; gives them back otherwise. */
export function checkDetails(details: DraftDetails): Result<DraftDetails> {
  return (
    checkText('description', details.description) ??
    checkDescriptionSize(details.description) ??
    checkLanguage(details.language) ??
    (details.ttlSeconds === undefined ? undefined : checkTtl(details.ttlSeconds)) ??
    checkFileName(details.fileName) ??
    checkFindings(details.findings) ??
    checkNeeds(details.needs) ??
    (details.proof && checkProof(details.proof)) ??
    (details.origin && checkOrigin(details.origin)) ??
    checkAlias(details.alias) ??
    checkBurn(details) ??
    accept(details)
  );
}

/** Refuses a text whose bytes are more than a snippet may hold. */
export function checkTextSize(sizeBytes: number): Refusal | undefined {
  return sizeBytes > limits.textBytes ? tooLarge('text', limits.textBytes) : undefined;
}

/** Refuses a request id that is longer than any that a client needs. */
export function checkRequestId(requestId: string): Refusal | undefined {
  if (requestId.length <= limits.requestIdCharacters) return undefined;
  return refuse(
    'invalid_argument',
    `A request id (Idempotency-Key) has at most ${limits.requestIdCharacters} characters; a UUID is best.`,
    { field: 'requestId', limit: limits.requestIdCharacters },
  );
}

/** Refuses a string that UTF-8 can't say: one with half a surrogate pair. It would come back altered. */
export function checkText(field: string, text: string): Refusal | undefined {
  if (text.isWellFormed()) return undefined;
  return refuse('not_text', `The ${field} holds half a surrogate pair, which UTF-8 has no form for.`, {
    field,
  });
}

export function tooLarge(field: string, limitBytes: number): Refusal {
  return refuse('too_large', `The ${field} has more than ${limitBytes} bytes.`, { field, limit: limitBytes });
}

function checkDescriptionSize(description: string): Refusal | undefined {
  return utf8Bytes(description) > limits.descriptionBytes
    ? tooLarge('description', limits.descriptionBytes)
    : undefined;
}

function checkLanguage(language: string): Refusal | undefined {
  if (LANGUAGE.test(language)) return undefined;
  return refuse(
    'invalid_argument',
    `A language is an id such as "python": at most ${limits.languageCharacters} of A-Z a-z 0-9 + # . _ -`,
    { field: 'language', limit: limits.languageCharacters },
  );
}

/** Refuses what can't be a lifetime on the stack. */
export function checkTtl(ttlSeconds: number, field = 'ttl'): Refusal | undefined {
  const { min, max } = limits.ttlSeconds;
  if (Number.isInteger(ttlSeconds) && ttlSeconds >= min && ttlSeconds <= max) return undefined;
  return refuse('invalid_argument', 'A lifetime is from 1 minute to 365 days, such as 90m, 12h or 7d.', {
    field,
  });
}

function checkFileName(fileName: string): Refusal | undefined {
  if (fileName.length <= limits.fileNameCharacters && FILE_NAME.test(fileName) && fileName.isWellFormed())
    return undefined;
  return refuse(
    'invalid_argument',
    `A file name has at most ${limits.fileNameCharacters} characters, no slash and no control character.`,
    { field: 'fileName', limit: limits.fileNameCharacters },
  );
}

/** Refuses a name that can't be an alias. None is fine. */
function checkAlias(alias: string): Refusal | undefined {
  if (alias === '' || isAlias(alias)) return undefined;
  return refuse(
    'invalid_argument',
    `An alias has at most ${limits.aliasCharacters} of a-z 0-9 . _ -, begins with a letter or digit, and is neither a number nor a reserved word.`,
    { field: 'alias', limit: limits.aliasCharacters },
  );
}

function checkBurn({ burnReads, visibility }: DraftDetails): Refusal | undefined {
  if (burnReads === 0) return undefined;
  if (!Number.isInteger(burnReads) || burnReads < 0 || burnReads > limits.burnReads)
    return refuse('invalid_argument', `A snippet burns after 1 to ${limits.burnReads} reads.`, {
      field: 'burn',
      limit: limits.burnReads,
    });
  if (visibility === undefined || visibility === 'unlisted') return undefined;
  return refuse('invalid_argument', 'A snippet that burns is unlisted: it is read by its link.', {
    field: 'visibility',
  });
}

function checkFindings(findings: readonly KeptFinding[]): Refusal | undefined {
  const short = findings.length <= limits.findings;
  const fine = findings.every(
    (finding) =>
      finding.message.length <= limits.findingMessageCharacters &&
      finding.tool.length <= limits.languageCharacters &&
      finding.code.length <= limits.needCharacters,
  );
  if (short && fine) return undefined;
  return refuse(
    'invalid_argument',
    `At most ${limits.findings} findings, their messages of at most ${limits.findingMessageCharacters} characters.`,
    { field: 'findings', limit: limits.findings },
  );
}

function checkNeeds(needs: readonly string[]): Refusal | undefined {
  if (needs.length <= limits.needs && needs.every((name) => name.length <= limits.needCharacters))
    return undefined;
  return refuse('invalid_argument', `At most ${limits.needs} names of ${limits.needCharacters} characters.`, {
    field: 'needs',
    limit: limits.needs,
  });
}

const TTL = /^([1-9][0-9]{0,8})([smhd])$/;
const UNIT_SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
type TtlUnit = keyof typeof UNIT_SECONDS;
const UNITS_DOWN = ['d', 'h', 'm', 's'] as const satisfies TtlUnit[];

/** A lifetime as {@link parseTtl} reads it. */
export function formatTtl(ttlSeconds: number): string {
  const { count, unit } = ttlUnits(ttlSeconds);
  return `${count}${unit}`;
}

/** A lifetime in the largest unit that it is a whole number of. */
export function ttlUnits(ttlSeconds: number): { readonly count: number; readonly unit: TtlUnit } {
  const unit = UNITS_DOWN.find((each) => ttlSeconds % UNIT_SECONDS[each] === 0) ?? 's';
  return { count: ttlSeconds / UNIT_SECONDS[unit], unit };
}

/** A lifetime as people write it (`90m`, `12h`, `7d`) in seconds. */
export function parseTtl(text: string): Result<number> {
  const match = TTL.exec(text);
  const unit = match?.[2];
  const isUnit = unit === 's' || unit === 'm' || unit === 'h' || unit === 'd';
  const ttlSeconds = isUnit ? Number(match?.[1]) * UNIT_SECONDS[unit] : Number.NaN;
  return checkTtl(ttlSeconds) ?? accept(ttlSeconds);
}
