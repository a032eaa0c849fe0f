// May this text be pushed? The gate's one decision, from what the editor's tools and pybin's own Ruff found.
// Pure. What could not be checked is never clean.

import { limits } from '../limits.ts';
import type { KeptFinding } from '../snippet.ts';
import { compareFindings, type Finding, type FindingClass, getNamedName, keepFinding } from './finding.ts';
import type { PieceFinding } from './own-findings.ts';
import { noProof, type Proof } from './proof.ts';
import { touches, type TextRange } from './range.ts';

/** How strict the gate is: what doesn't parse; what fails as well; whatever a tool warns of as well. */
export type GatePolicy = 'syntax' | 'errors' | 'warnings';

/** What pybin's own Ruff found; places are the documents'. */
export type OwnCheck =
  /** Not Python: nothing to ask it. */
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly reason: string }
  | {
      readonly kind: 'checked';
      /** In exactly the text that will be pushed, by its parts. */
      readonly alone: readonly PieceFinding[];
      /** For each part, in the document that it is in; empty where names may come from elsewhere. */
      readonly inDocument: readonly (readonly Finding[])[];
      /** Who said so. */
      readonly proof: Proof;
    };

/** One of the parts that the text that will be pushed is made of. */
export interface Part {
  /** Where it lies in its document. */
  readonly range: TextRange;
  /** The line of the pushed text, from 0, that it begins. */
  readonly firstLine: number;
  /** The editor's findings in its whole document, fresh ones only. */
  readonly editor: readonly Finding[];
  /** Has a tool of the editor looked for undefined names? It knows more than Ruff alone: builtins, settings. */
  readonly namesAnswered: boolean;
}

export interface Evidence {
  readonly policy: GatePolicy;
  /** In the order of the pushed text; none over another. */
  readonly parts: readonly Part[];
  readonly own: OwnCheck;
}

/** A finding, and in which part of the push it is. */
export interface PartFinding extends Finding {
  readonly part: number;
}

export type Verdict =
  | {
      readonly kind: 'clean';
      /** What was found and doesn't block. */
      readonly kept: readonly KeptFinding[];
      /** Names that the text uses and that are defined outside of it. */
      readonly needs: readonly string[];
      readonly proof: Proof;
    }
  | {
      readonly kind: 'blocked';
      /** In the order of the text, at least one; places are the documents'. */
      readonly blocking: readonly PartFinding[];
      /** All that was found, the blocking ones included: for a push that goes in spite of them. */
      readonly kept: readonly KeptFinding[];
      readonly needs: readonly string[];
      readonly proof: Proof;
    }
  /** It could not be checked. The reason is a sentence for a person. */
  | { readonly kind: 'failed'; readonly reason: string };

export function judge({ policy, parts, own }: Evidence): Verdict {
  const found = parts.flatMap((part, index) => findingsIn(part, index, own));
  const blocking = found.filter((finding) => blocks(finding, policy));
  const kept = [...blocking, ...found.filter((finding) => !blocks(finding, policy))]
    .slice(0, limits.findings)
    .toSorted((a, b) => a.part - b.part || compareFindings(a, b))
    .flatMap((finding) => {
      const part = parts[finding.part];
      return part ? [keepFinding(finding, part.range.start, part.firstLine)] : [];
    });
  const needs = namesNeeded(own, found);
  const proof = own.kind === 'checked' ? own.proof : noProof;
  if (blocking.length > 0) return { kind: 'blocked', blocking, kept, needs, proof };
  if (own.kind === 'failed') return { kind: 'failed', reason: own.reason };
  return { kind: 'clean', kept, needs, proof };
}

/** The findings that only pybin can show: no tool of the editor shows one of the same class on the same line. */
export function shownNowhere(findings: readonly Finding[]): Finding[] {
  return findings.filter(
    (finding) =>
      finding.origin === 'own' &&
      !findings.some(
        (other) =>
          other.origin === 'editor' &&
          other.class === finding.class &&
          other.range.start.line === finding.range.start.line,
      ),
  );
}

function blocks(finding: Finding, policy: GatePolicy): boolean {
  switch (finding.class) {
    case 'syntax':
      return true;
    case 'undefined-name':
    case 'error':
      return policy !== 'syntax';
    case 'style':
      return policy === 'warnings' && finding.severity !== 'note';
    case 'missing-import':
      return false;
    default:
      return finding.class satisfies never;
  }
}

function findingsIn(part: Part, index: number, own: OwnCheck): PartFinding[] {
  const editor = part.editor.filter((finding) => touches(finding.range, part.range));
  return distinct([...editor, ...ownFindings(part, index, own)]).map((finding) => ({
    ...finding,
    part: index,
  }));
}

/**
 * What counts of the own Ruff's findings. Whether the text parses is told by the text alone: an open
 * bracket elsewhere in the document is none of its faults. Which names are undefined is told by the document.
 */
function ownFindings({ range, namesAnswered }: Part, index: number, own: OwnCheck): Finding[] {
  if (own.kind !== 'checked') return [];
  return [
    ...own.alone
      .filter(({ piece, finding }) => piece === index && finding.class !== 'undefined-name')
      .map(({ finding }) => finding),
    ...(own.inDocument[index] ?? []).filter(
      (finding) =>
        finding.code !== PARSE_ERROR &&
        !(namesAnswered && finding.class === 'undefined-name') &&
        touches(finding.range, range),
    ),
  ];
}

/** Ruff's code for what its parser refuses. */
const PARSE_ERROR = 'invalid-syntax';

// Names that Python itself puts into a class's or a method's scope: nobody has to define them.
const IMPLICIT_NAMES: ReadonlySet<string> = new Set(['__class__', '__module__', '__qualname__']);

function namesNeeded(own: OwnCheck, found: readonly Finding[]): string[] {
  if (own.kind !== 'checked') return [];
  const undefinedNames = new Set(namesOf(found));
  const needed = namesOf(own.alone.map(({ finding }) => finding)).filter(
    (name) => !undefinedNames.has(name) && !IMPLICIT_NAMES.has(name) && name.length <= limits.needCharacters,
  );
  return [...new Set(needed)].slice(0, limits.needs);
}

function namesOf(findings: readonly Finding[]): string[] {
  return findings
    .filter((finding) => finding.class === 'undefined-name')
    .map(getNamedName)
    .filter((name) => name !== undefined);
}

/**
 * Sorted, and each mistake once at its place, however many tell of it: as the first does, an editor's tool before
 * pybin. Where any of them is sure of its fix, it is.
 */
function distinct(findings: readonly Finding[]): Finding[] {
  const byPlace = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { line, character } = finding.range.start;
    const place = `${line}:${character} ${finding.class}`;
    const told = byPlace.get(place) ?? [];
    byPlace.set(place, told);
    const index = told.findIndex((other) => isSame(other, finding));
    const same = told[index];
    if (!same) told.push(finding);
    else if (finding.fix === 'sure') told[index] = { ...same, fix: 'sure' };
  }
  return [...byPlace.values()].flat().toSorted(compareFindings);
}

/** Of two findings of one class at one place: one tool may say two things of it, and each has a code of its own. */
function isSame(one: Finding, other: Finding): boolean {
  if (one.tool === other.tool && one.origin === other.origin)
    return one.code === other.code && one.message === other.message;
  return one.code === other.code || ONE_AT_A_PLACE.has(one.class);
}

/** Whoever finds one of these finds the same. */
const ONE_AT_A_PLACE: ReadonlySet<FindingClass> = new Set(['syntax', 'undefined-name', 'missing-import']);
