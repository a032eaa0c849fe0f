// Pulling: a snippet's text to where it is wanted. Nothing here takes it off the stack.

import { env, l10n, type TextEditor, window } from 'vscode';
import { baseName } from '../base-name.ts';
import { limits } from '../../shared/limits.ts';
import type { Snippet } from '../../shared/client.ts';
import { mayBeRead, type Reader, readSnippet } from '../documents/read-snippet.ts';
import { type Listed, snippetScheme } from '../documents/snippet-address.ts';
import { announce, button, show, showProblem } from '../messages.ts';
import { ask, type NotAnswered } from '../session/ask.ts';
import type { Stack } from '../stack/stack.ts';
import { type AppliedBack, applyBack, type ApplyBackParts } from './back/apply-back.ts';
import { compare } from './compare.ts';
import { copyText } from './copy-text.ts';
import type { ImportOffers } from './imports/import-offers.ts';
import { insert } from './insert.ts';
import { nameLanguage, openText } from './open-text.ts';
import type { Place, Way } from './ways.ts';

/** What came of it. */
export type Pulled =
  | {
      readonly kind: 'inserted' | 'opened' | 'compared' | 'previewed' | 'textCopied';
      readonly number: number;
    }
  | { readonly kind: 'copied'; readonly address: string }
  /** There is no editor that it could be compared with. */
  | { readonly kind: 'noPlace' }
  | AppliedBack
  | NotAnswered;

export interface PullParts extends Reader, ApplyBackParts {
  readonly stack: Pick<Stack, 'top' | 'see' | 'otherDeviceOf'>;
  readonly imports: ImportOffers;
}

/** Pulls a snippet of the stack. One that burns is read after a yes. */
export async function pull(parts: PullParts, listed: Listed, way: Way): Promise<Pulled> {
  const answer = await readSnippet(parts, listed, 'pybin.showStack');
  return answer.kind === 'answered' ? put(parts, answer.value, way) : answer;
}

/** Pulls the newest snippet. */
export async function pullLatest(parts: PullParts, way: Way): Promise<Pulled> {
  const { session, stack, confirm } = parts;
  const known = stack.top;
  if (known && !(await mayBeRead(known, confirm))) return { kind: 'canceled' };
  const answer = await ask(session, {
    title: l10n.t('pybin: pulling…'),
    command: 'pybin.pullLatest',
    isBig: (known?.sizeBytes ?? 0) >= limits.editor.bigTextBytes,
    call: (client, signal) => client.latest(signal),
  });
  if (answer.kind !== 'answered') return answer;
  const snippet = answer.value;
  stack.see(snippet);
  // It came meanwhile, and nobody was asked about it.
  if (snippet.id !== known?.id && !(await mayBeRead(snippet, confirm))) return { kind: 'canceled' };
  return put(parts, snippet, way);
}

/** Puts the newest snippet's address on the clipboard. */
export async function copyLatestAddress({ session }: Pick<PullParts, 'session'>): Promise<Pulled> {
  const answer = await ask(session, {
    title: l10n.t('pybin: asking for the address…'),
    command: 'pybin.copyLatestAddress',
    isBig: false,
    call: (client, signal) => client.list(signal),
  });
  if (answer.kind !== 'answered') return answer;
  const [newest] = answer.value;
  if (!newest) {
    const problem = { code: 'not_found', detail: 'The stack is empty.' } as const;
    showProblem(problem, button(l10n.t('Retry'), 'pybin.copyLatestAddress'));
    return { kind: 'refused', problem };
  }
  const { address, number } = newest;
  await env.clipboard.writeText(address);
  window.setStatusBarMessage(l10n.t('$(check) Address of #{0} copied', number), limits.editor.copiedShownMs);
  announce(l10n.t('The address of number {0} is on the clipboard.', number));
  return { kind: 'copied', address };
}

/** Where a text would go now; undefined where no editor is active that takes one. */
export function getPlace(): Place | undefined {
  const editor = getTarget();
  if (!editor) return undefined;
  const { document, selections, selection } = editor;
  return { fileName: baseName(document.uri), cursors: selections.length, hasSelection: !selection.isEmpty };
}

/** Puts a text to the cursors of the active editor, or into a new one where there is none that takes it. */
export async function putIntoEditor(
  snippet: Snippet,
  imports: ImportOffers,
): Promise<'editor' | 'newEditor'> {
  const editor = getTarget();
  const before = editor?.document.getText() ?? '';
  if (editor && (await insert(editor, snippet))) {
    if (before === '') await nameLanguage(editor.document, snippet.language);
    // Not waited for: the text is there, and what it lacks can be added at any time.
    void imports.offer(editor.document, before, snippet).catch(() => undefined);
    return 'editor';
  }
  await openText(snippet.text, snippet.language);
  return 'newEditor';
}

async function put(parts: PullParts, snippet: Snippet, way: Way): Promise<Pulled> {
  const { number, text, language } = snippet;
  switch (way) {
    case 'insert': {
      const to = await putIntoEditor(snippet, parts.imports);
      announce(l10n.t('Pulled number {0}.', number));
      return { kind: to === 'editor' ? 'inserted' : 'opened', number };
    }
    case 'newEditor':
      await openText(text, language);
      announce(l10n.t('Pulled number {0}.', number));
      return { kind: 'opened', number };
    case 'clipboard':
      await copyText(snippet);
      return { kind: 'textCopied', number };
    case 'preview':
      await parts.documents.show(snippet);
      return { kind: 'previewed', number };
    case 'compare': {
      const editor = getTarget();
      if (!editor) {
        show('information', l10n.t('Open what #{0} is to be compared with.', number));
        return { kind: 'noPlace' };
      }
      await compare(parts.documents, snippet, editor);
      return { kind: 'compared', number };
    }
    case 'applyBack':
      return applyBack(parts, snippet);
    default:
      return way satisfies never;
  }
}

/** The active editor, unless it shows a snippet: that is no place for another one. */
function getTarget(): TextEditor | undefined {
  const editor = window.activeTextEditor;
  return editor?.document.uri.scheme === snippetScheme ? undefined : editor;
}
