// Who may read a snippet, in the words of every page.

import type { Visibility } from '../../shared/snippet.ts';
import type { Option } from './form.ts';

/** The choice of who may read what is pushed. */
export const audienceOptions: readonly (Option & { readonly value: Visibility })[] = [
  { value: 'public', label: 'Everybody', hint: 'Whoever knows your user id reads your newest snippet.' },
  { value: 'unlisted', label: 'Whoever has the link', hint: 'Each snippet has one that nobody can guess.' },
  {
    value: 'private',
    label: 'Only you',
    hint: 'Wherever you are signed in. Nothing of it is kept in the archive.',
  },
];

/** For whom a snippet is. */
export const audiences: Record<Visibility, string> = {
  public: 'for everybody',
  unlisted: 'for whoever has the link',
  private: 'for its owner only',
};
