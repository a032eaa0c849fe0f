// What of a text is shown where there is room for one line. Pure.

import { limits } from './limits.ts';

/** The first line that isn't blank, without its indentation, cut to what fits a tooltip; empty where there is none. */
export function firstLineOf(text: string): string {
  const [line = ''] = text
    .slice(0, limits.firstLine.lookedAtCharacters)
    .trimStart()
    .split(/[\r\n]/, 1);
  const shown = line.trimEnd();
  if (shown.length <= limits.firstLine.characters) return shown;
  // Never half a surrogate pair: it has no form in UTF-8.
  return `${shown.slice(0, limits.firstLine.characters - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
