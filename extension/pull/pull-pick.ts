// Pulling any snippet of the stack: which one, then what to do with it. The text is read once both are chosen.

import { l10n, type QuickPickItem, window } from 'vscode';
import type { CommandId } from '../commands.ts';
import { getSnippetOf } from '../documents/snippet-address.ts';
import { button, show, showProblem } from '../messages.ts';
import { ask, type Answered, type NotAnswered } from '../session/ask.ts';
import { rowWords } from '../stack/row-words.ts';
import { type SnippetFacts, toFacts } from '../stack/snippet-facts.ts';
import { inOneLine } from '../one-line.ts';
import { getPlace, pull, type Pulled, type PullParts } from './pull.ts';
import { type Way, wayLabel, waysFor } from './ways.ts';

/** Asks which snippet and what to do with it, and does that. */
export async function pullAny(parts: PullParts): Promise<Pulled> {
  const listed = await list(parts, 'pybin.pullAny');
  if (listed.kind !== 'answered') return listed;
  const snippet = await pickSnippet(parts, listed.value, l10n.t('pybin: Pull'));
  const way = snippet && (await pickWay(snippet));
  return way ? pull(parts, snippet, way) : { kind: 'canceled' };
}

/**
 * Applies back the snippet that is meant: the one that was clicked on, else the one that the active editor shows; else
 * asks which, of those that came from a file.
 */
export async function applyAnyBack(parts: PullParts, clickedId: string | undefined): Promise<Pulled> {
  const listed = await list(parts, 'pybin.applyBack');
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
  const snippet = await pickSnippet(parts, fromFiles, l10n.t('pybin: Apply Back'));
  return snippet ? pull(parts, snippet, 'applyBack') : { kind: 'canceled' };
}

async function list({ session }: PullParts, command: CommandId): Promise<Answered<readonly SnippetFacts[]>> {
  const answer = await ask(session, {
    title: l10n.t('pybin: looking at your stack…'),
    command,
    isBig: false,
    call: (client, signal) => client.list(signal),
  });
  if (answer.kind !== 'answered') return answer;
  if (answer.value.length > 0) return { kind: 'answered', value: answer.value.map(toFacts) };
  const problem = { code: 'not_found', detail: 'The stack is empty.' } as const;
  showProblem(problem, button(l10n.t('Retry'), command));
  return { kind: 'refused', problem };
}

function nothing(message: string): NotAnswered {
  show('information', message);
  return { kind: 'refused', problem: { code: 'not_found', detail: message } };
}

async function pickSnippet(
  { stack }: PullParts,
  snippets: readonly SnippetFacts[],
  title: string,
): Promise<SnippetFacts | undefined> {
  const nowMs = Date.now();
  const chosen = await window.showQuickPick(
    snippets.map((snippet) => toRow(snippet, stack, nowMs)),
    {
      title,
      placeHolder: l10n.t('Which snippet of your stack?'),
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  return chosen?.snippet;
}

/** Asks what to do with a snippet; undefined: nothing. */
async function pickWay(snippet: SnippetFacts): Promise<Way | undefined> {
  const place = getPlace();
  const chosen = await window.showQuickPick(
    waysFor(snippet, place).map((way) => ({ label: wayLabel(way, snippet, place, l10n.t), way })),
    { title: l10n.t('pybin: Pull #{0}', snippet.number), placeHolder: l10n.t('What to do with its text?') },
  );
  return chosen?.way;
}

function toRow(
  snippet: SnippetFacts,
  stack: PullParts['stack'],
  nowMs: number,
): QuickPickItem & { readonly snippet: SnippetFacts } {
  const { label, description } = rowWords(snippet, stack.otherDeviceOf(snippet), nowMs, l10n.t);
  const detail = inOneLine(snippet.firstLine);
  return { label, description, ...(detail !== label && { detail }), snippet };
}
