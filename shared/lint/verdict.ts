// May this text be pushed? The gate's one decision, from what the editor's tools and the bundled Ruff found.
// Pure. What could not be checked is never clean.

import { limits } from '../limits.ts';
import type { KeptFinding } from '../snippet.ts';
import { compareFindings, type Finding, getNamedName, keepFinding } from './finding.ts';
import { comparePositions, touches, type TextRange } from './range.ts';

/** How strict the gate is: what doesn't parse; what fails as well; whatever a tool warns of as well. */
export type GatePolicy = 'syntax' | 'errors' | 'warnings';

/** What the bundled Ruff found; places are the document's. */
export type OwnCheck =
  /** Not Python: nothing to ask it. */
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly reason: string }
  | {
      readonly kind: 'checked';
      /** In exactly the text that will be pushed. */
      readonly alone: readonly Finding[];
      /** In the whole document; empty where names may come from elsewhere. */
      readonly inDocument: readonly Finding[];
    };

export interface Evidence {
  readonly policy: GatePolicy;
  /** Where the text that will be pushed lies in its document. */
  readonly range: TextRange;
  /** The editor's findings in the whole document, fresh ones only. */
  readonly editor: readonly Finding[];
  /** Has a tool of the editor looked for undefined names? It knows more than Ruff alone: builtins, settings. */
  readonly namesAnswered: boolean;
  readonly own: OwnCheck;
}

export type Verdict =
  | {
      readonly kind: 'clean';
      /** What was found and doesn't block. */
      readonly kept: readonly KeptFinding[];
      /** Names that the text uses and that are defined outside of it. */
      readonly needs: readonly string[];
    }
  | {
      readonly kind: 'blocked';
      /** In the order of the text, at least one; places are the document's. */
      readonly blocking: readonly Finding[];
      /** All that was found, the blocking ones included: for a push that goes in spite of them. */
      readonly kept: readonly KeptFinding[];
      readonly needs: readonly string[];
    }
  /** It could not be checked. The reason is a sentence for a person. */
  | { readonly kind: 'failed'; readonly reason: string };

export function judge(evidence: Evidence): Verdict {
  const { policy, range, own } = evidence;
  const found = distinct([...editorFindings(evidence), ...ownFindings(evidence)]);
  const blocking = found.filter((finding) => blocks(finding, policy));
  const kept = [...blocking, ...found.filter((finding) => !blocking.includes(finding))]
    .slice(0, limits.findings)
    .toSorted(compareFindings)
    .map((finding) => keepFinding(finding, range.start));
  const needs = namesNeeded(own, found);
  if (blocking.length > 0) return { kind: 'blocked', blocking, kept, needs };
  if (own.kind === 'failed') return { kind: 'failed', reason: own.reason };
  return { kind: 'clean', kept, needs };
}

/** The findings that only pybin can show: no tool of the editor shows one of the same class on the same line. */
export function shownNowhere(findings: readonly Finding[]): Finding[] {
  return findings.filter(
    (finding) =>
      finding.origin === 'bundled' &&
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

function editorFindings({ editor, range }: Evidence): Finding[] {
  return editor.filter((finding) => touches(finding.range, range));
}

/**
 * What counts of the bundled Ruff's findings. Whether the text parses is told by the text alone: an open
 * bracket elsewhere in the document is none of its faults. Which names are undefined is told by the document.
 */
function ownFindings({ own, range, namesAnswered }: Evidence): Finding[] {
  if (own.kind !== 'checked') return [];
  return [
    ...own.alone.filter((finding) => finding.class !== 'undefined-name'),
    ...own.inDocument.filter(
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
  const needed = namesOf(own.alone).filter(
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

/** Sorted, and each code once at a place: the same rule of two tools, the editor's first, is one finding. */
function distinct(findings: readonly Finding[]): Finding[] {
  const first: Finding[] = [];
  for (const finding of findings.toSorted(compareFindings)) {
    const last = first.at(-1);
    const isSame =
      last !== undefined &&
      last.code === finding.code &&
      last.class === finding.class &&
      comparePositions(last.range.start, finding.range.start) === 0 &&
      (last.origin !== finding.origin || last.message === finding.message);
    if (!isSame) first.push(finding);
  }
  return first;
}
