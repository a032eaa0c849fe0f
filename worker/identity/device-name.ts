// The name that an editor or a device gives itself: shown to the person who approves it, and the name of its key.

import { limits } from '../../shared/limits.ts';

/**
 * A name as it is shown and kept: one line, cut to its limit, nothing in it that hides or turns what stands around it.
 * @param otherwise the name of whoever gives none
 */
export function readDeviceName(text: string, otherwise: string): string {
  const shown = text.replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim();
  const cut = shown
    .slice(0, limits.keyNameCharacters)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();
  return cut === '' ? otherwise : cut;
}
