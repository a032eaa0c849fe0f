// Applying back a snippet of the stack: which one, where none was pointed at. Its text is read once it is chosen.

import { l10n, type QuickPickItem, ThemeIcon, Uri, window } from 'vscode';
import type { CommandId } from '../../commands.ts';
import { getSnippetOf, snippetAddress } from '../../documents/snippet-address.ts';
import { button, show, showProblem } from '../../messages.ts';
import { ask, type Answered, type NotAnswered } from '../../session/ask.ts';
import { rowWords } from '../../stack/row-words.ts';
import { type SnippetFacts, toFacts } from '../../stack/snippet-facts.ts';
import { inOneLine } from '../../one-line.ts';
import { pull, type Pulled, type PullParts } from '../pull.ts';

const COMMAND: CommandId = 'pybin.applyBack';

/**
 * Applies back the snippet that is meant: the one that was clicked on, else the one that the active editor shows; else
 * asks which, of those that came from a file.
 */
export async function applyAnyBack(parts: PullParts, clickedId: string | undefined): Promise<Pulled> {
  const listed = await list(parts);
  if (listed.kind !== 'answered') return listed;
  const active = window.activeTextEditor;
  const meantId = clickedId ?? (active && getSnippetOf(active.document.uri)?.id);
  if (meantId !== undefined) {
    const snippet = listed.value.find(({ id }) => id === meantId);
    return snippet
      ? pull(parts, snippet, 'applyBack')
      : nothing(l10n.t('That snippet is not on your stack any more.'));
  }
  const fromFiles = listed.value.filter(({ origin }) => origin?.fileName);
  if (fromFiles.length === 0) return nothing(l10n.t('No snippet of your stack came from a file.'));
  const snippet = await pickSnippet(parts, fromFiles);
  return snippet ? pull(parts, snippet, 'applyBack') : { kind: 'canceled' };
}

async function list({ session }: PullParts): Promise<Answered<readonly SnippetFacts[]>> {
  const answer = await ask(session, {
    title: l10n.t('pybin: looking at your stack…'),
    command: COMMAND,
    isBig: false,
    call: (client, signal) => client.list(signal),
  });
  if (answer.kind !== 'answered') return answer;
  if (answer.value.length > 0) return { kind: 'answered', value: answer.value.map(toFacts) };
  const problem = { code: 'not_found', detail: 'The stack is empty.' } as const;
  showProblem(problem, button(l10n.t('Retry'), COMMAND));
  return { kind: 'refused', problem };
}

function nothing(message: string): NotAnswered {
  show('information', message);
  return { kind: 'refused', problem: { code: 'not_found', detail: message } };
}

async function pickSnippet(
  { stack }: PullParts,
  snippets: readonly SnippetFacts[],
): Promise<SnippetFacts | undefined> {
  const nowMs = Date.now();
  const chosen = await window.showQuickPick(
    snippets.map((snippet) => toRow(snippet, stack, nowMs)),
    {
      title: l10n.t('pybin: Apply Back'),
      placeHolder: l10n.t('Which snippet of your stack?'),
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  return chosen?.snippet;
}

function toRow(
  snippet: SnippetFacts,
  stack: PullParts['stack'],
  nowMs: number,
): QuickPickItem & { readonly snippet: SnippetFacts } {
  const { label, description } = rowWords(snippet, stack.otherDeviceOf(snippet), nowMs, l10n.t);
  const detail = inOneLine(snippet.firstLine);
  return {
    label,
    description,
    ...(detail !== label && { detail }),
    iconPath: ThemeIcon.File,
    resourceUri: Uri.from(snippetAddress(snippet)),
    snippet,
  };
}
