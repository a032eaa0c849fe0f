// What can be done with a snippet's text in this editor, and how it is called. Pure. No way takes it off the stack.

import type { Translate } from '../words.ts';

export type Way = 'insert' | 'compare' | 'newEditor' | 'preview' | 'clipboard' | 'applyBack';

/** The editor that a text would go to. */
export interface Place {
  readonly fileName: string;
  readonly cursors: number;
  /** Whether anything is selected at the first cursor. */
  readonly hasSelection: boolean;
}

/** A snippet, as far as its ways depend on it. */
export interface Pullable {
  readonly origin?: { readonly fileName: string } | undefined;
}

/** The ways there are, the usual one first. @param place undefined where no editor is active */
export function waysFor(snippet: Pullable, place: Place | undefined): readonly Way[] {
  const here: readonly Way[] = place ? ['insert', 'compare'] : [];
  const back: readonly Way[] = snippet.origin?.fileName ? ['applyBack'] : [];
  return [...here, 'newEditor', 'preview', 'clipboard', ...back];
}

/** A way as a row says it, with its icon. */
export function wayLabel(way: Way, { origin }: Pullable, place: Place | undefined, t: Translate): string {
  switch (way) {
    case 'insert':
      return `$(insert) ${insertLabel(place, t)}`;
    case 'compare':
      return `$(diff) ${place?.hasSelection ? t('Compare with the Selection') : t('Compare with {0}', place?.fileName ?? '')}`;
    case 'newEditor':
      return `$(new-file) ${t('Open in a New Editor')}`;
    case 'preview':
      return `$(open-preview) ${t('Preview')}`;
    case 'clipboard':
      return `$(copy) ${t('Copy Text')}`;
    case 'applyBack':
      return `$(reply) ${t('Apply Back to {0}', origin?.fileName ?? '')}`;
    default:
      return way satisfies never;
  }
}

function insertLabel(place: Place | undefined, t: Translate): string {
  const { cursors = 1, hasSelection = false } = place ?? {};
  if (hasSelection) return cursors === 1 ? t('Replace the Selection') : t('Replace {0} Selections', cursors);
  return cursors === 1 ? t('Insert at the Cursor') : t('Insert at {0} Cursors', cursors);
}
