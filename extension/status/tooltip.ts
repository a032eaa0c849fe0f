// What hovering over the status bar item tells: the newest snippet, and the pushes that wait.
// What people wrote goes in as text or code, never as Markdown.

import { l10n, MarkdownString, workspace } from 'vscode';
import type { PendingPush } from '../pending/pending-pushes.ts';
import { pendingActions, pendingMessage } from '../pending/pending-words.ts';
import type { SnippetFacts } from '../stack/snippet-facts.ts';
import { type StackState, topOf } from '../stack/stack-state.ts';
import { describeSnippet } from '../stack/snippet-hover.ts';
import { getOverride } from '../settings.ts';
import { wordsFor } from '../words.ts';
import { type Link, type Standing, standingOf } from './no-snippet.ts';

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
  { pending, queued }: Waiting,
  closer: Closer,
  nowMs: number,
): MarkdownString {
  const markdown = new MarkdownString();
  const top = topOf(state, nowMs);
  if (top) describe(markdown, top, closer, nowMs);
  else stand(markdown, standingOf(state, l10n.t));
  if (top && state.kind === 'known' && state.problem) {
    markdown.appendMarkdown('\n\n');
    markdown.appendText(wordsFor(state.problem, l10n.t).message);
  }
  if (queued > 0) {
    markdown.appendMarkdown('\n\n---\n\n');
    markdown.appendText(
      queued === 1 ? l10n.t('1 push waits to be sent.') : l10n.t('{0} pushes wait to be sent.', queued),
    );
    appendLinks(markdown, [
      { title: l10n.t('Show Queue'), command: 'pybin.showQueue' },
      { title: l10n.t('Send Now'), command: 'pybin.sendQueue' },
    ]);
  }
  const override = getOverride(workspace.getConfiguration());
  for (const each of pending) {
    const documentUri = each.frozen.uri.toString();
    markdown.appendMarkdown('\n\n---\n\n');
    markdown.appendText(pendingMessage(each, l10n.t));
    appendLinks(
      markdown,
      pendingActions(each, override, l10n.t).map((action) => ({ ...action, argument: documentUri })),
    );
  }
  return markdown;
}

function stand(markdown: MarkdownString, { said, next }: Standing): void {
  for (const sentence of said) {
    markdown.appendText(sentence);
    markdown.appendMarkdown('\n\n');
  }
  appendLinks(markdown, next);
}

function describe(markdown: MarkdownString, top: SnippetFacts, closer: Closer, nowMs: number): void {
  describeSnippet(markdown, top, closer.device, closer.preview, nowMs);
  if (closer.qrPicture)
    markdown.appendMarkdown(`\n\n![${l10n.t('QR code of its address')}](${closer.qrPicture})`);
  appendLinks(markdown, [
    { title: l10n.t('Pull'), command: 'pybin.pullLatest' },
    { title: l10n.t('Copy Address'), command: 'pybin.copySnippetAddress', argument: top.id },
    { title: l10n.t('Copy curl Line'), command: 'pybin.copySnippetCurl', argument: top.id },
    { title: l10n.t('Stack'), command: 'pybin.showStack' },
    { title: l10n.t('History'), command: 'pybin.showHistory' },
  ]);
}

/** A link runs its command; the hover may run no other. */
function appendLinks(markdown: MarkdownString, links: readonly Link[]): void {
  const { isTrusted } = markdown;
  const enabled = typeof isTrusted === 'object' ? isTrusted.enabledCommands : [];
  markdown.isTrusted = { enabledCommands: [...enabled, ...links.map(({ command }) => command)] };
  const written = links.map(({ title, command, argument }) => {
    const query = argument === undefined ? '' : `?${encodeURIComponent(JSON.stringify([argument]))}`;
    return `[${title}](command:${command}${query})`;
  });
  markdown.appendMarkdown(`\n\n${written.join(' · ')}`);
}
