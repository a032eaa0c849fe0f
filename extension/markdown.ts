// What people wrote, in the editor's Markdown, as the text that it is. Pure.

/**
 * Each sign that Markdown might see more in, escaped (CommonMark 2.4); an address stays text, too. Unlike the editor's
 * own appendText it leaves spaces where a line may end.
 */
export function escapeMarkdown(text: string): string {
  return text
    .trim()
    .replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`)
    .replaceAll(/\s*\r?\n\s*/g, '  \n');
}
