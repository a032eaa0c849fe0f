// How the push of several texts ended, in one message. Pure.

import type { FrozenPush } from '../gate/frozen.ts';
import { placeLabel, placeOfFinding } from '../place.ts';
import { type Translate, wordsFor } from '../words.ts';
import type { Outcome } from './push-flow.ts';

/** How one of several ended. */
export interface EndOfOne {
  readonly name: string;
  readonly end: Outcome<FrozenPush> | { readonly kind: 'unreadable' | 'unsaved' };
}

/** Says how many lie on the stack now, and of each other why it doesn't. */
export function severalMessage(ends: readonly EndOfOne[], t: Translate): string {
  const others = ends.filter(({ end }) => end.kind !== 'pushed');
  const pushed = ends.length - others.length;
  if (others.length === 0)
    return t('Pushed {0} files. The address of the last one is on the clipboard.', pushed);
  const reasons = others.map((each) => `${each.name} (${reasonOf(each, t)})`).join(', ');
  if (pushed === 0) return t('Nothing was pushed: {0}.', reasons);
  return t(
    'Pushed {0} of {1} files; the address of the last one is on the clipboard. Not pushed: {2}.',
    pushed,
    ends.length,
    reasons,
  );
}

function reasonOf({ end }: EndOfOne, t: Translate): string {
  switch (end.kind) {
    case 'pushed':
      return '';
    case 'blocked': {
      const [first, ...others] = end.findings;
      if (!first) return t('has problems');
      const place = placeLabel(placeOfFinding(end.frozen, first), t);
      return others.length === 0
        ? `${first.message}, ${place}`
        : t('{0}, {1}, and {2} more', first.message, place, others.length);
    }
    case 'unchecked':
      return t('could not be checked');
    case 'secretKept':
      return t('holds a secret');
    case 'queued':
      return t('waits to be sent');
    case 'queueFull':
      return t('too many pushes wait already');
    case 'refused':
      return withoutEnd(wordsFor(end.problem, t).message);
    case 'nothing':
      return t('is empty');
    case 'moving':
      return t('changed meanwhile');
    case 'canceled':
      return t('given up');
    case 'unreadable':
      return t('can’t be opened as text');
    case 'unsaved':
      return t('save its changes first');
    default:
      return end satisfies never;
  }
}

/** A sentence as part of another one. */
function withoutEnd(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
