// What people wrote, where there is room for one line. Pure.

/** In `$(name)` the editor would see an icon, where a shell's text has a command: a space of no width keeps it text. */
export function inOneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').replaceAll('$(', '$\u200B(');
}

/** Cut to so many characters, never in the middle of one (a surrogate pair). */
export function shortened(text: string, characters: number): string {
  if (text.length <= characters) return text;
  return `${text
    .slice(0, characters - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()}…`;
}

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** As a part of a row: what is read from right to left leaves the parts beside it in their order (Unicode’s isolates). */
export function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}
