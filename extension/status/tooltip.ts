// What hovering over the status bar item tells: the newest snippet, and the pushes that wait.
// What people wrote goes in as text or code, never as Markdown.

import { l10n, MarkdownString } from 'vscode';
import { limits } from '../../shared/limits.ts';
import type { CommandId } from '../commands.ts';
import type { PendingPush } from '../push/pending-pushes.ts';
import { pendingActions, type PendingCommand, pendingMessage } from '../push/pending-words.ts';
import type { SnippetFacts } from '../stack/snippet-facts.ts';
import { type StackState, topOf } from '../stack/stack-state.ts';
import { sizeLabel, wordsFor } from '../words.ts';
import { spokenAge } from '../stack/age.ts';
import type { Shown } from './shown.ts';

const LINKED = [
  'pybin.pullLatest',
  'pybin.copyLatestAddress',
  'pybin.showQueue',
  'pybin.sendQueue',
] as const satisfies CommandId[];
type Linked = (typeof LINKED)[number] | PendingCommand;

export function createTooltip(
  state: StackState,
  shown: Shown,
  { pending, queued }: { readonly pending: readonly PendingPush[]; readonly queued: number },
  nowMs: number,
): MarkdownString {
  const markdown = new MarkdownString();
  const commands = pending.flatMap((each) => pendingActions(each, l10n.t).map(({ command }) => command));
  markdown.isTrusted = { enabledCommands: [...LINKED, ...commands] };

  const top = topOf(state, nowMs);
  if (top) describe(markdown, top, nowMs);
  else markdown.appendText(shown.label);
  if ((state.kind === 'known' || state.kind === 'failed') && state.problem) {
    markdown.appendMarkdown('\n\n');
    markdown.appendText(wordsFor(state.problem, l10n.t).message);
  }
  if (queued > 0) {
    markdown.appendMarkdown('\n\n---\n\n');
    markdown.appendText(
      queued === 1 ? l10n.t('1 push waits to be sent.') : l10n.t('{0} pushes wait to be sent.', queued),
    );
    appendLinks(markdown, [
      [l10n.t('Show Queue'), 'pybin.showQueue'],
      [l10n.t('Send Now'), 'pybin.sendQueue'],
    ]);
  }
  for (const each of pending) {
    const documentUri = each.frozen.uri.toString();
    markdown.appendMarkdown('\n\n---\n\n');
    markdown.appendText(pendingMessage(each, l10n.t));
    appendLinks(
      markdown,
      pendingActions(each, l10n.t).map(({ title, command }) => [title, command, documentUri]),
    );
  }
  return markdown;
}

function describe(markdown: MarkdownString, top: SnippetFacts, nowMs: number): void {
  const facts = [top.language, sizeLabel(top.sizeBytes), spokenAge(top.createdAtMs, nowMs, l10n.t)];
  markdown.appendMarkdown(`**#${top.number}** · `);
  markdown.appendText(facts.filter((fact) => fact !== '').join(' · '));
  if (top.description) {
    markdown.appendMarkdown('\n\n');
    markdown.appendText(top.description.slice(0, limits.editor.tooltipDescriptionCharacters));
  }
  if (top.firstLine) markdown.appendCodeblock(top.firstLine, top.language);
  appendLinks(markdown, [
    [l10n.t('Pull'), 'pybin.pullLatest'],
    [l10n.t('Copy Address'), 'pybin.copyLatestAddress'],
  ]);
}

function appendLinks(
  markdown: MarkdownString,
  links: (readonly [title: string, command: Linked, documentUri?: string])[],
): void {
  const written = links.map(([title, command, documentUri]) => {
    const query = documentUri === undefined ? '' : `?${encodeURIComponent(JSON.stringify([documentUri]))}`;
    return `[${title}](command:${command}${query})`;
  });
  markdown.appendMarkdown(`\n\n${written.join(' · ')}`);
}
