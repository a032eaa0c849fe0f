// A push that waits, in words for people, and what can be done with it. Pure.

import type { Fix } from '../../shared/lint/finding.ts';
import type { PartFinding } from '../../shared/lint/verdict.ts';
import { baseName } from '../base-name.ts';
import type { CommandId } from '../commands.ts';
import { placeLabel, placeOfFinding } from '../place.ts';
import type { Override } from '../settings.ts';
import type { Translate } from '../words.ts';
import type { PendingEnd, PendingPush, Waiting } from './pending-pushes.ts';

export type PendingCommand = Extract<
  CommandId,
  | 'pybin.showProblems'
  | 'pybin.fixAllAndPush'
  | 'pybin.pushWhenClean'
  | 'pybin.expandToStatement'
  | 'pybin.pushAnyway'
  | 'pybin.retryPush'
  | 'pybin.discardPendingPush'
>;

export interface PendingAction {
  readonly title: string;
  readonly command: PendingCommand;
}

export function pendingMessage(pending: Waiting, t: Translate): string {
  const name = pendingName(pending, t);
  switch (pending.kind) {
    case 'blocked': {
      const [first, ...others] = pending.findings;
      if (!first) return t('Not pushed: {0} has problems.', name);
      const place = placeLabel(placeOfFinding(pending.frozen, first), t);
      return others.length === 0
        ? t('Not pushed: {0} ({1}, {2})', first.message, name, place)
        : t('Not pushed: {0} ({1}, {2}) and {3} more', first.message, name, place, others.length);
    }
    case 'unchecked':
      return t('Not pushed: {0} could not be checked. {1}', name, pending.reason);
    default:
      return pending satisfies never;
  }
}

/** Why a push that was meant waits no more; of none that none does. */
export function endMessage(end: PendingEnd | undefined, t: Translate): string {
  switch (end?.kind) {
    case undefined:
      return t('No push waits.');
    case 'pushed':
      return t('It went already: it is number {0}.', end.number);
    case 'queued':
      return t('It is past its check already, and went to the queue.');
    case 'discarded':
      return t('That push was canceled.');
    case 'closed':
      return t('That push waits no more: its document was closed.');
    default:
      return end satisfies never;
  }
}

/** The name of the file or the notebook that it is from. */
export function pendingName({ frozen: { fileName, uri, around } }: Waiting, t: Translate): string {
  if (fileName !== '') return fileName;
  return around.kind === 'notebook' ? baseName(uri) : t('untitled text');
}

/** What it waits for, as short as a status bar has it. */
export function pendingShort(pending: PendingPush, t: Translate): string {
  switch (pending.kind) {
    case 'blocked': {
      const count = pending.findings.length;
      if (pending.isWatched)
        return count === 1 ? t('pushes when clean: 1 problem') : t('pushes when clean: {0} problems', count);
      return count === 1 ? t('not pushed: 1 problem') : t('not pushed: {0} problems', count);
    }
    case 'unchecked':
      return t('not pushed: not checked');
    default:
      return pending satisfies never;
  }
}

/** What makes it go, most useful first; what gives it up, last. */
export function pendingActions(pending: PendingPush, override: Override, t: Translate): PendingAction[] {
  const cancel = { title: t('Cancel'), command: 'pybin.discardPendingPush' } as const;
  switch (pending.kind) {
    case 'blocked': {
      const { findings, frozen, isWatched } = pending;
      return [
        ...(canExpand(frozen, findings)
          ? [{ title: t('Expand to Statement'), command: 'pybin.expandToStatement' } as const]
          : []),
        ...corrections(findings, t),
        ...(isWatched ? [] : [{ title: t('Push When Clean'), command: 'pybin.pushWhenClean' } as const]),
        ...(canOverride(findings, override)
          ? [{ title: t('Push Anyway…'), command: 'pybin.pushAnyway' } as const]
          : []),
        cancel,
      ];
    }
    case 'unchecked':
      return [{ title: t('Retry'), command: 'pybin.retryPush' }, cancel];
    default:
      return pending satisfies never;
  }
}

/** To look, and to let tools fix: that first where it is sure to fix something, not at all where it can't. */
function corrections(findings: readonly PartFinding[], t: Translate): PendingAction[] {
  const look = { title: t('Show Problems'), command: 'pybin.showProblems' } as const;
  const fixAll = { title: t('Fix All and Push'), command: 'pybin.fixAllAndPush' } as const;
  const fix = fixOf(findings);
  switch (fix) {
    case 'sure':
      return [fixAll, look];
    case 'maybe':
      return [look, fixAll];
    case 'none':
      return [look];
    default:
      return fix satisfies never;
  }
}

/** Does "Fix All" lead anywhere? Never where the text doesn’t parse. */
function fixOf(findings: readonly PartFinding[]): Fix {
  if (findings.some((finding) => finding.class === 'syntax')) return 'none';
  if (findings.some(({ fix }) => fix === 'sure')) return 'sure';
  return findings.some(({ fix }) => fix === 'maybe') ? 'maybe' : 'none';
}

/** May it go in spite of what was found? Never what doesn't parse. */
export function canOverride(findings: readonly PartFinding[], override: Override): boolean {
  return override === 'confirm' && findings.every((finding) => finding.class !== 'syntax');
}

/** Is it a part of a text that may only be cut badly? */
function canExpand({ extent, parts }: PendingPush['frozen'], findings: readonly PartFinding[]): boolean {
  return (
    extent === 'selected' &&
    parts.some(({ isWhole }) => !isWhole) &&
    findings.some((finding) => finding.class === 'syntax')
  );
}
