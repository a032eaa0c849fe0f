// What people hear of the queue: that a push has come to wait, and what became of those that nobody waited for.
// Each thing is said once in a window.

import { l10n } from 'vscode';
import { limits } from '../../shared/limits.ts';
import { button, buttonFor, show } from '../messages.ts';
import type { ShownIn } from '../push/show-pushed.ts';
import { wordsFor } from '../words.ts';
import type { Delivered, Why } from './deliver.ts';
import type { Passed } from './pass.ts';
import { isOver, passedMessage, queuedMessage } from './queue-words.ts';

export function showQueued({ draft, why, kept }: Extract<Delivered, { kind: 'queued' }>): void {
  // The session says that its key isn't taken any more; the status bar, that a push waits.
  if (typeof why === 'object' && why.code === 'unauthenticated') return;
  const sendNow = button(l10n.t('Send Now'), 'pybin.sendQueue');
  show('warning', queuedMessage(draft, why, kept, l10n.t), ...buttonsFor(why, sendNow), showQueueButton());
}

function buttonsFor(why: Why, sendNow: ReturnType<typeof button>): ReturnType<typeof button>[] {
  switch (why) {
    case 'signedOut':
      return [button(l10n.t('Sign In'), 'pybin.signIn')];
    case 'accountUnchosen':
      return [button(l10n.t('Choose an Account'), 'pybin.switchAccount')];
    case 'unchosen':
      return [sendNow];
    default:
      return wordsFor(why, l10n.t).actions.map((action) => buttonFor(action, sendNow));
  }
}

export function showQueueFull(): void {
  show(
    'error',
    l10n.t('Not pushed: {0} pushes wait already. Send or discard some of them.', limits.queue.items),
    showQueueButton(),
  );
}

/** Gives what tells of passes that nobody waits for. */
export function createTeller({ stack }: Pick<ShownIn, 'stack'>): (passed: Passed) => void {
  const said = new Set<string>();
  const isNew = (requestId: string): boolean => !said.has(requestId) && Boolean(said.add(requestId));
  return (passed) => {
    for (const { snippet } of passed.sent) stack.seePushed(snippet);
    tell({
      ...passed,
      changed: passed.changed.filter(({ draft }) => isNew(draft.requestId)),
      old: passed.old.filter(({ draft }) => isNew(draft.requestId)),
      unchosen: passed.unchosen.filter(({ draft }) => isNew(draft.requestId)),
      damaged: passed.damaged.filter(({ requestId }) => isNew(requestId)),
    });
  };
}

function tell(passed: Passed): void {
  const nowMs = Date.now();
  const message = passedMessage(passed, nowMs, l10n.t);
  if (message === '') return;
  const { refused, changed, old, damaged, unchosen } = passed;
  const isGood = refused.length + changed.length + old.length + damaged.length + unchosen.length === 0;
  const isOneThere = passed.sent.some(({ snippet }) => !isOver(snippet, nowMs));
  show(
    isGood ? 'information' : 'warning',
    message,
    // What still has to be done comes before what may be.
    ...(unchosen.length > 0 ? [button(l10n.t('Choose and Send'), 'pybin.sendQueue')] : []),
    ...(isGood ? [] : [showQueueButton()]),
    ...(isOneThere ? [button(l10n.t('Copy Address'), 'pybin.copyLatestAddress')] : []),
  );
}

function showQueueButton(): ReturnType<typeof button> {
  return button(l10n.t('Show Queue'), 'pybin.showQueue');
}
