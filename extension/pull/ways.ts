// What can be done with a snippet's text in this editor, and how it is called. Pure. No way takes it off the stack.

import type { Translate } from '../words.ts';

export type Way = 'insert' | 'compare' | 'newEditor' | 'preview' | 'clipboard';

/** The editor that a text would go to. */
export interface Place {
  readonly fileName: string;
  readonly cursors: number;
  /** Whether anything is selected at the first cursor. */
  readonly hasSelection: boolean;
}

/** The ways there are, the usual one first. @param place undefined where no editor is active */
export function waysFor(place: Place | undefined): readonly Way[] {
  const here: readonly Way[] = place ? ['insert', 'compare'] : [];
  return [...here, 'newEditor', 'preview', 'clipboard'];
}

/** A way as a row says it, with its icon. */
export function wayLabel(way: Way, place: Place | undefined, t: Translate): string {
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
    default:
      return way satisfies never;
  }
}

function insertLabel(place: Place | undefined, t: Translate): string {
  const { cursors = 1, hasSelection = false } = place ?? {};
  if (hasSelection) return cursors === 1 ? t('Replace the Selection') : t('Replace {0} Selections', cursors);
  return cursors === 1 ? t('Insert at the Cursor') : t('Insert at {0} Cursors', cursors);
}
