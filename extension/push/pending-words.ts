// A push that waits, in words for people, and what can be done with it. Pure.

import type { CommandId } from '../commands.ts';
import type { Translate } from '../words.ts';
import type { PendingPush } from './pending-pushes.ts';

export type PendingCommand = Extract<
  CommandId,
  'pybin.showProblems' | 'pybin.fixAllAndPush' | 'pybin.retryPush' | 'pybin.discardPendingPush'
>;

export interface PendingAction {
  readonly title: string;
  readonly command: PendingCommand;
}

export function pendingMessage(pending: PendingPush, t: Translate): string {
  const name = pending.frozen.fileName || t('untitled text');
  switch (pending.kind) {
    case 'blocked': {
      const [first, ...others] = pending.findings;
      if (!first) return t('Not pushed: {0} has problems.', name);
      const line = first.range.start.line + 1;
      return others.length === 0
        ? t('Not pushed: {0} ({1}, line {2})', first.message, name, line)
        : t('Not pushed: {0} ({1}, line {2}) and {3} more', first.message, name, line, others.length);
    }
    case 'unchecked':
      return t('Not pushed: {0} could not be checked. {1}', name, pending.reason);
    default:
      return pending satisfies never;
  }
}

/** What makes it go, most useful first; what gives it up, last. */
export function pendingActions({ kind }: PendingPush, t: Translate): PendingAction[] {
  const discard = { title: t('Discard'), command: 'pybin.discardPendingPush' } as const;
  switch (kind) {
    case 'blocked':
      return [
        { title: t('Show Problems'), command: 'pybin.showProblems' },
        { title: t('Fix All and Push'), command: 'pybin.fixAllAndPush' },
        discard,
      ];
    case 'unchecked':
      return [{ title: t('Retry'), command: 'pybin.retryPush' }, discard];
    default:
      return kind satisfies never;
  }
}
