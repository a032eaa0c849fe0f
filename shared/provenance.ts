// By what a text was found clean, and where it came from: what may be said of it. Pure. A refusal names the field.
// All of it is for its owner; of the proof, others see the linter and its version.

import { limits } from './limits.ts';
import { noProof, type Proof } from './lint/proof.ts';
import { refuse, type Refusal } from './problem.ts';

/** Where in a repository a text came from. What is empty, or 0, isn't known. */
export interface Origin {
  /** The address of the repository. */
  readonly repository: string;
  /** The commit that was checked out, in hex. */
  readonly commit: string;
  /** The file's path in the repository. */
  readonly path: string;
  /** The first line of the text in the file, from 1. */
  readonly startLine: number;
  /** The last line of the text in the file. */
  readonly endLine: number;
}

/** Nothing is known. */
export const noOrigin: Origin = { repository: '', commit: '', path: '', startLine: 0, endLine: 0 };

/** Whether a proof says nothing. */
export function isNoProof(proof: Proof): boolean {
  return (
    proof.linter === noProof.linter &&
    proof.linterVersion === noProof.linterVersion &&
    proof.configurationSha256 === noProof.configurationSha256 &&
    proof.overrideReason === noProof.overrideReason
  );
}

/** Whether an origin says nothing. */
export function isNoOrigin({ repository, commit, path, startLine, endLine }: Origin): boolean {
  return repository === '' && commit === '' && path === '' && startLine === 0 && endLine === 0;
}

/** A tool's name and version are shown to strangers: letters and signs of ASCII, nothing that turns a line around. */
const NAME = new RegExp(`^[ -~]{0,${limits.linterCharacters}}$`);
const SHA256 = /^(?:[0-9a-f]{64})?$/;
const COMMIT = new RegExp(`^[0-9a-f]{0,${limits.commitCharacters}}$`, 'i');
const ONE_LINE = /^[^\p{Cc}\u2028\u2029]*$/u;
/** What a line number may be: the contract has 32 bits for it. */
const MAX_LINE = 2 ** 32 - 1;

/** Refuses a proof over a limit or of the wrong form. */
export function checkProof(proof: Proof): Refusal | undefined {
  const { linter, linterVersion, configurationSha256, overrideReason } = proof;
  if (!NAME.test(linter) || !NAME.test(linterVersion))
    return invalid(
      NAME.test(linter) ? 'proof.linterVersion' : 'proof.linter',
      `A linter and its version have at most ${limits.linterCharacters} characters of ASCII each.`,
      limits.linterCharacters,
    );
  if (!SHA256.test(configurationSha256))
    return invalid('proof.configurationSha256', 'A SHA-256 is 64 digits of hex, in small letters.');
  if (!isWithin(overrideReason, limits.overrideReasonCharacters))
    return invalid(
      'proof.overrideReason',
      `A reason has at most ${limits.overrideReasonCharacters} characters.`,
      limits.overrideReasonCharacters,
    );
  return undefined;
}

/** Refuses an origin over a limit or of the wrong form. */
export function checkOrigin({ repository, commit, path, startLine, endLine }: Origin): Refusal | undefined {
  const { repositoryCharacters, commitCharacters, pathCharacters } = limits;
  if (!isWithin(repository, repositoryCharacters) || !ONE_LINE.test(repository))
    return invalid(
      'origin.repository',
      `A repository’s address has at most ${repositoryCharacters} characters, and no control character.`,
      repositoryCharacters,
    );
  if (!COMMIT.test(commit))
    return invalid(
      'origin.commit',
      `A commit has at most ${commitCharacters} digits of hex.`,
      commitCharacters,
    );
  if (!isWithin(path, pathCharacters) || !ONE_LINE.test(path))
    return invalid(
      'origin.path',
      `A path has at most ${pathCharacters} characters, and no control character.`,
      pathCharacters,
    );
  if (!isLine(startLine) || !isLine(endLine) || endLine < startLine || (startLine === 0 && endLine > 0))
    return invalid('origin.endLine', 'Lines count from 1, and the last one is not before the first.');
  return undefined;
}

/**
 * An origin as it is stored: without a password or token that stands in the repository's address, where `git` lets
 * people keep them.
 */
export function withoutPassword(origin: Origin): Origin {
  return { ...origin, repository: origin.repository.replace(/^(https?:\/\/)[^/]*@/i, '$1') };
}

function isWithin(text: string, characters: number): boolean {
  return text.length <= characters && text.isWellFormed();
}

function isLine(line: number): boolean {
  return Number.isInteger(line) && line >= 0 && line <= MAX_LINE;
}

function invalid(field: string, detail: string, limit?: number): Refusal {
  return refuse('invalid_argument', detail, { field, ...(limit !== undefined && { limit }) });
}
