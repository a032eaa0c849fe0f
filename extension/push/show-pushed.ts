// What people see and hear of a snippet that has come to lie on top of their stack: its address is on the clipboard.

import { env, l10n } from 'vscode';
import type { Snippet } from '../../shared/client.ts';
import type { Log } from '../log.ts';
import { announce } from '../messages.ts';
import type { Stack } from '../stack/stack.ts';
import type { StatusBar } from '../status/status-bar.ts';

/** Where it is shown. */
export interface ShownIn {
  readonly stack: Stack;
  readonly statusBar: StatusBar;
  readonly log: Log;
}

/** Shows it, and says it to those who listen. */
export async function showPushed(snippet: Snippet, shownIn: ShownIn): Promise<void> {
  await putOnClipboard(snippet, shownIn);
  announce(l10n.t('Pushed number {0}, its address is on the clipboard.', snippet.number));
}

/** Shows it without a word. */
export async function putOnClipboard(snippet: Snippet, { stack, statusBar }: ShownIn): Promise<void> {
  stack.seePushed(snippet);
  await env.clipboard.writeText(snippet.address);
  statusBar.sayCopied(snippet.number);
}
