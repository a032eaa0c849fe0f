// The command that searches GitHub for what the selection says most clearly. Nothing is sent before one has seen what
// will be, and chosen who gets it.

import {
  authentication,
  env,
  l10n,
  type QuickPickItem,
  type QuickPickOptions,
  type TextEditor,
  Uri,
  window,
} from 'vscode';
import { announce, button, show } from '../messages.ts';
import { inOneLine } from '../one-line.ts';
import { withSignal } from '../session/ask.ts';
import { GitHubSearch, type Hit, type SearchAnswer } from './github-search.ts';
import { canBeSent, getSearchWords, searchAddress } from './search-words.ts';
import { getTellingLine } from './telling-line.ts';

/** How a search ended. */
export type FoundOnGitHub =
  | { readonly kind: 'openedSearch'; readonly words: string }
  | { readonly kind: 'openedHit'; readonly url: string }
  | { readonly kind: 'nothingFound' | 'nothingToFind' | 'signedOut' | 'failed' | 'canceled' };

export interface GitHubParts {
  readonly search: GitHubSearch;
  /** The token of whoever searches; rejects where none is given. */
  readonly getToken: () => Promise<string>;
  readonly open: (uri: Uri) => Thenable<boolean>;
  readonly pick: <Item extends QuickPickItem>(
    items: readonly Item[],
    options: QuickPickOptions,
  ) => Thenable<Item | undefined>;
}

/** GitHub itself, by the editor's own sign-in: public code needs no scope, and the editor asks whether pybin may have it. */
export const realGitHub: GitHubParts = {
  search: new GitHubSearch(),
  getToken: async () => (await authentication.getSession('github', [], { createIfNone: true })).accessToken,
  open: (uri) => env.openExternal(uri),
  pick: (items, options) => window.showQuickPick(items, options),
};

/** Searches for the most telling line that is selected; where nothing is, for that of the cursor. */
export async function findOnGitHub(parts: GitHubParts): Promise<FoundOnGitHub> {
  const editor = window.activeTextEditor;
  const words = editor && getWordsOf(editor);
  if (!words) {
    show('information', l10n.t('There is no line here that a search could find. Select some code.'));
    return { kind: 'nothingToFind' };
  }
  return offer(parts, words);
}

async function offer(parts: GitHubParts, words: string): Promise<FoundOnGitHub> {
  const browser: QuickPickItem = {
    label: `$(link-external) ${l10n.t('Search in the Browser')}`,
    detail: l10n.t('github.com gets: {0}', inOneLine(words)),
  };
  const here: QuickPickItem = {
    label: `$(github) ${l10n.t('Show Results Here')}`,
    description: l10n.t('with your GitHub sign-in'),
    detail: l10n.t('api.github.com gets: {0}', inOneLine(words)),
  };
  const change: QuickPickItem = { label: `$(edit) ${l10n.t('Change What Is Sent…')}` };
  const chosen = await parts.pick([browser, here, change], {
    title: l10n.t('pybin: Find on GitHub'),
    placeHolder: l10n.t('Nothing is sent until you choose'),
  });
  if (chosen === browser) return openSearch(parts, words);
  if (chosen === here) return searchHere(parts, words);
  const changed = chosen === change ? await askWords(words) : undefined;
  return changed === undefined ? { kind: 'canceled' } : offer(parts, changed);
}

function getWordsOf({ document, selections, selection }: TextEditor): string | undefined {
  const text = selection.isEmpty
    ? document.lineAt(selection.active).text
    : selections.map((each) => document.getText(each)).join('\n');
  const line = getTellingLine(text, document.languageId);
  return line === undefined ? undefined : getSearchWords(line, document.languageId);
}

async function askWords(words: string): Promise<string | undefined> {
  const changed = await window.showInputBox({
    title: l10n.t('pybin: Find on GitHub'),
    prompt: l10n.t('What GitHub gets'),
    value: words,
    validateInput: (text) =>
      canBeSent(text) ? undefined : l10n.t('A short search, without {0}', '& + # ? % ; \\ `'),
  });
  return changed?.trim();
}

async function openSearch({ open }: GitHubParts, words: string): Promise<FoundOnGitHub> {
  const isOpened = await open(
    Uri.from({ scheme: 'https', authority: 'github.com', ...searchAddress(words) }),
  );
  return isOpened ? { kind: 'openedSearch', words } : { kind: 'canceled' };
}

async function searchHere(parts: GitHubParts, words: string): Promise<FoundOnGitHub> {
  let token: string;
  try {
    token = await parts.getToken();
  } catch {
    show('information', l10n.t('Not signed in to GitHub: nothing was sent.'), searchAgain());
    return { kind: 'signedOut' };
  }
  const answer = await withSignal(l10n.t('pybin: searching on GitHub…'), false, (signal) =>
    parts.search.search(words, token, Date.now(), signal),
  );
  if (answer.kind !== 'found') return showFailure(answer);
  if (answer.hits.length === 0) {
    show('information', l10n.t('GitHub finds no code with {0}', words), searchAgain());
    return { kind: 'nothingFound' };
  }
  announce(l10n.t('{0} files found on GitHub.', answer.hits.length));
  const chosen = await parts.pick(answer.hits.map(toRow), {
    title: l10n.t('pybin: Found on GitHub'),
    placeHolder: words,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!chosen) return { kind: 'canceled' };
  const { url } = chosen.hit;
  return (await parts.open(Uri.parse(url))) ? { kind: 'openedHit', url } : { kind: 'canceled' };
}

function showFailure(answer: Exclude<SearchAnswer, { readonly kind: 'found' }>): FoundOnGitHub {
  switch (answer.kind) {
    case 'canceled':
      return { kind: 'canceled' };
    case 'unauthorized':
      show(
        'error',
        l10n.t(
          'GitHub doesn’t take this sign-in any more. Sign out of GitHub in the editor’s accounts, then try again.',
        ),
        searchAgain(),
      );
      break;
    case 'rateLimited':
      show(
        'warning',
        l10n.t('GitHub takes no more searches for {0} s.', answer.retryAfterSeconds),
        searchAgain(),
      );
      break;
    case 'refused':
      show('warning', l10n.t('GitHub doesn’t search for this. Select another line.'), searchAgain());
      break;
    case 'unavailable':
      show('error', l10n.t('GitHub can’t be reached.'), searchAgain());
      break;
    default:
      answer satisfies never;
  }
  return { kind: 'failed' };
}

function searchAgain(): ReturnType<typeof button> {
  return button(l10n.t('Search Again'), 'pybin.findOnGitHub');
}

function toRow(hit: Hit): QuickPickItem & { readonly hit: Hit } {
  return {
    label: hit.repository,
    description: hit.path,
    detail: inOneLine(hit.line),
    hit,
  };
}
