// What people wrote, where there is room for one line. Pure.

/** In `$(name)` the editor would see an icon, where a shell's text has a command: a space of no width keeps it text. */
export function inOneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').replaceAll('$(', '$\u200B(');
}
