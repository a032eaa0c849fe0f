// A push that waits to be sent, in words for people. Pure.

import type { Push, Snippet } from '../../shared/client.ts';

import { firstLineOf } from '../../shared/first-line.ts';
import { utf8Bytes } from '../../shared/snippet.ts';
import { spokenAge } from '../stack/age.ts';
import { toMs } from '../stack/snippet-facts.ts';
import { sizeLabel, type Translate, wordsFor } from '../words.ts';
import { nextAfter } from './answers.ts';
import type { Why } from './deliver.ts';
import type { Passed } from './pass.ts';
import type { QueuedPush } from './queued-push.ts';
import type { Kept } from './shelf.ts';

export function nameOf({ fileName, text }: Pick<Push, 'fileName' | 'text'>, t: Translate): string {
  return fileName || firstLineOf(text) || t('untitled text');
}

/** What is said when a push comes to wait. */
export function queuedMessage(draft: Push, why: Why, kept: Kept, t: Translate): string {
  return [
    ...sentencesOf(nameOf(draft, t), why, t),
    ...(kept === 'window'
      ? [t('It is kept until this window closes: this system has no safe place for it.')]
      : []),
  ].join(' ');
}

function sentencesOf(name: string, why: Why, t: Translate): string[] {
  switch (why) {
    case 'signedOut':
      return [t('{0} waits to be pushed: sign in, and it goes.', name)];
    case 'accountUnchosen':
      return [t('{0} waits to be pushed: choose whose stack is used, and it goes.', name)];
    case 'unchosen':
      return [t('{0} waits to be pushed: say first who may read what you push.', name)];
    default:
      return [
        t('{0} waits to be pushed. {1}', name, wordsFor(why, t).message),
        ...(nextAfter(why.code) === 'later' ? [t('It goes by itself as soon as it can.')] : []),
      ];
  }
}

/** Whether a snippet that a push was answered with is on the stack no more: it had arrived long before. */
export function isOver({ expireTime }: Snippet, nowMs: number): boolean {
  return expireTime !== undefined && toMs(expireTime) <= nowMs;
}

/** What is said of pushes that nobody waited for; empty where there is nothing to say. */
export function passedMessage(passed: Passed, nowMs: number, t: Translate): string {
  const { refused, changed, old, damaged, unchosen } = passed;
  const sent = passed.sent.filter(({ snippet }) => !isOver(snippet, nowMs));
  const [oneOld, ...otherOld] = old;
  const [oneSent, ...otherSent] = sent;
  const [oneRefused, ...otherRefused] = refused;
  const [oneChanged, ...otherChanged] = changed;
  return [
    oneSent && otherSent.length === 0
      ? t('{0} is pushed: it had waited.', nameOf(oneSent.queued.draft, t))
      : sent.length > 0 && t('{0} pushes that had waited are on your stack.', sent.length),
    overMessage(passed, nowMs, t),
    oneRefused && otherRefused.length === 0
      ? t('{0} still waits. {1}', nameOf(oneRefused.queued.draft, t), wordsFor(oneRefused.problem, t).message)
      : refused.length > 0 &&
        t('{0} pushes still wait: the edge doesn’t take them as they are.', refused.length),
    oneChanged && otherChanged.length === 0
      ? t('{0} changed after you pushed it: say what is to be sent.', nameOf(oneChanged.draft, t))
      : changed.length > 0 &&
        t('{0} files changed after you pushed them: say what is to be sent.', changed.length),
    oneOld && otherOld.length === 0
      ? t('{0} has waited for a month: say whether it is still to be sent.', nameOf(oneOld.draft, t))
      : oneOld && t('{0} pushes have waited for a month: say whether they are still to be sent.', old.length),
    unchosen.length > 0 && t('What you pushed waits: say first who may read it.'),
    damaged.length === 1 && t('A push that waits can’t be read any more.'),
    damaged.length > 1 && t('{0} pushes that wait can’t be read any more.', damaged.length),
  ]
    .filter((sentence) => typeof sentence === 'string' && sentence !== '')
    .join(' ');
}

/** What is said of those whose lifetime ended while they waited; empty where there are none. */
export function overMessage({ sent }: Pick<Passed, 'sent'>, nowMs: number, t: Translate): string {
  const [one, ...others] = sent.filter(({ snippet }) => isOver(snippet, nowMs));
  if (!one) return '';
  return others.length === 0
    ? t('{0} had arrived already, and its lifetime is over.', nameOf(one.queued.draft, t))
    : t('{0} pushes had arrived already, and their lifetime is over.', others.length + 1);
}

/** What stands beside its name: how large, and how long ago. */
export function factsOf({ draft, queuedAtMs }: QueuedPush, nowMs: number, t: Translate): string {
  return [sizeLabel(utf8Bytes(draft.text)), spokenAge(queuedAtMs, nowMs, t)].join(' · ');
}
