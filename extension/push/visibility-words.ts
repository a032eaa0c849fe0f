// Who may read a push, in words for people. Pure.

import type { Visibility } from '../../shared/snippet.ts';
import type { Translate } from '../words.ts';

export function visibilityLabel(visibility: Visibility, t: Translate): string {
  switch (visibility) {
    case 'public':
      return t('Everybody');
    case 'unlisted':
      return t('Whoever has the link');
    case 'private':
      return t('Only you');
    default:
      return visibility satisfies never;
  }
}

/** @param address the public address, where it is known */
export function visibilityDetail(visibility: Visibility, address: string | undefined, t: Translate): string {
  switch (visibility) {
    case 'public':
      return address
        ? t('At {0}, where anybody can look.', address)
        : t('At your own address, where anybody can look.');
    case 'unlisted':
      return t('Each push has a link that can’t be guessed.');
    case 'private':
      return t('Nobody else, not even by link.');
    default:
      return visibility satisfies never;
  }
}
