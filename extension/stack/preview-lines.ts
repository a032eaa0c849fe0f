// The first lines of a text, as a hover has room for them. Pure.

import { limits } from '../../shared/limits.ts';

/** Without what has no place in a hover: a byte order mark, blank lines before the first, and the rest of long lines. */
export function previewLines(text: string): string {
  const { lines, characters } = limits.editor.preview;
  const [first = '', ...others] = text
    .slice(0, limits.editor.preview.lookedAtCharacters)
    .replace(/^\uFEFF/, '')
    .replace(/^(?:[ \t]*\r?\n)+/, '')
    .trimEnd()
    .split(/\r\n|\r|\n/, lines + 1);
  const all = [first, ...others];
  const shown = all
    .slice(0, lines)
    .map((line) => (line.length > characters ? `${cut(line, characters)}…` : line));
  return (all.length > lines ? [...shown, '…'] : shown).join('\n');
}

/** Never half a surrogate pair. */
function cut(line: string, characters: number): string {
  return line.slice(0, characters).replace(/[\uD800-\uDBFF]$/, '');
}
