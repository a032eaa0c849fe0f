// What hovering over a snippet tells: facts, what its owner says of it, its first lines.
// What people wrote goes in as text or code, never as Markdown.

import { l10n, type MarkdownString } from 'vscode';
import { limits } from '../../shared/limits.ts';
import { escapeMarkdown } from '../markdown.ts';
import { sizeLabel } from '../words.ts';
import { spokenAge, spokenLeft } from './age.ts';
import { readersLabel, readsLabel } from './row-words.ts';
import type { SnippetFacts } from './snippet-facts.ts';

/** @param device where it comes from; empty for this one  @param preview its first lines; empty where none are known */
export function describeSnippet(
  markdown: MarkdownString,
  snippet: SnippetFacts,
  device: string,
  preview: string,
  nowMs: number,
): void {
  const { number, alias, language, sizeBytes, origin, description, createdAtMs } = snippet;
  const age = spokenAge(createdAtMs, nowMs, l10n.t);
  const what = [alias, origin?.fileName || language, sizeLabel(sizeBytes)];
  const how = [
    device ? l10n.t('{0} from {1}', age, device) : age,
    readersLabel(snippet, l10n.t),
    spokenLeft(snippet.expiresAtMs, nowMs, l10n.t),
    readsLabel(snippet.readCount, l10n.t),
  ];
  markdown.appendMarkdown([`**#${number}**`, inOneRow(what)].join(' · '));
  markdown.appendMarkdown(`  \n${inOneRow(how)}\n\n`);
  if (description)
    markdown.appendMarkdown(escapeMarkdown(description.slice(0, limits.editor.tooltipDescriptionCharacters)));
  if (preview) markdown.appendCodeblock(preview, language);
}

function inOneRow(facts: readonly string[]): string {
  return facts
    .filter((fact) => fact !== '')
    .map(escapeMarkdown)
    .join(' · ');
}
