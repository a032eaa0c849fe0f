// What hovering over the status bar item tells: the newest snippet, and the pushes that wait.
// What people wrote goes in as text or code, never as Markdown.

import { l10n, MarkdownString, workspace } from 'vscode';
import type { CommandId } from '../commands.ts';
import type { PendingPush } from '../pending/pending-pushes.ts';
import {
  type PendingAction,
  pendingActions,
  type PendingCommand,
  pendingMessage,
} from '../pending/pending-words.ts';
import type { SnippetFacts } from '../stack/snippet-facts.ts';
import { type StackState, topOf } from '../stack/stack-state.ts';
import { describeSnippet } from '../stack/snippet-hover.ts';
import { getOverride } from '../settings.ts';
import { wordsFor } from '../words.ts';
import type { Shown } from './shown.ts';

const LINKED = [
  'pybin.pullLatest',
  'pybin.copySnippetAddress',
  'pybin.copySnippetCurl',
  'pybin.showStack',
  'pybin.showHistory',
  'pybin.showQueue',
  'pybin.sendQueue',
] as const satisfies CommandId[];
type Linked = (typeof LINKED)[number] | PendingCommand;

/** What waits. */
interface Waiting {
  readonly pending: readonly PendingPush[];
  readonly queued: number;
}

/** What is known of the newest snippet besides its facts. */
interface Closer {
  /** The other device that it comes from; empty where it is this one, or has no name. */
  readonly device: string;
  /** Its first lines; empty where none are known. */
  readonly preview: string;
  /** Undefined until it is drawn. */
  readonly qrPicture: string | undefined;
}

export function createTooltip(
  state: StackState,
  shown: Shown,
  { pending, queued }: Waiting,
  closer: Closer,
  nowMs: number,
): MarkdownString {
  const markdown = new MarkdownString();
  const commands = pending.flatMap((each) => actionsOf(each).map(({ command }) => command));
  markdown.isTrusted = { enabledCommands: [...LINKED, ...commands] };

  const top = topOf(state, nowMs);
  if (top) describe(markdown, top, closer, nowMs);
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
      actionsOf(each).map(({ title, command }) => [title, command, documentUri]),
    );
  }
  return markdown;
}

function actionsOf(pending: PendingPush): PendingAction[] {
  return pendingActions(pending, getOverride(workspace.getConfiguration()), l10n.t);
}

function describe(markdown: MarkdownString, top: SnippetFacts, closer: Closer, nowMs: number): void {
  describeSnippet(markdown, top, closer.device, closer.preview, nowMs);
  if (closer.qrPicture)
    markdown.appendMarkdown(`\n\n![${l10n.t('QR code of its address')}](${closer.qrPicture})`);
  appendLinks(markdown, [
    [l10n.t('Pull'), 'pybin.pullLatest'],
    [l10n.t('Copy Address'), 'pybin.copySnippetAddress', top.id],
    [l10n.t('Copy curl Line'), 'pybin.copySnippetCurl', top.id],
    [l10n.t('Stack'), 'pybin.showStack'],
    [l10n.t('History'), 'pybin.showHistory'],
  ]);
}

function appendLinks(
  markdown: MarkdownString,
  links: (readonly [title: string, command: Linked, argument?: string])[],
): void {
  const written = links.map(([title, command, argument]) => {
    const query = argument === undefined ? '' : `?${encodeURIComponent(JSON.stringify([argument]))}`;
    return `[${title}](command:${command}${query})`;
  });
  markdown.appendMarkdown(`\n\n${written.join(' · ')}`);
}
