// Pulling: the newest snippet into the editor, or its address onto the clipboard. Neither consumes it.

import { EndOfLine, env, l10n, Selection, type TextEditor, window } from 'vscode';
import { limits } from '../../shared/limits.ts';
import type { Snippet } from '../../shared/client.ts';
import { announce, button, showProblem } from '../messages.ts';
import { ask, type NotAnswered } from '../session/ask.ts';
import type { Session } from '../session/session.ts';
import type { Stack } from '../stack/stack.ts';
import { openText, withoutByteOrderMark } from './open-text.ts';
import { reindent } from './reindent.ts';

/** What came of it. */
export type Pulled =
  | { readonly kind: 'inserted' | 'opened'; readonly number: number }
  | { readonly kind: 'copied'; readonly address: string }
  | NotAnswered;

const LEADING_BLANKS = /^[ \t]*/;

/** Puts the newest snippet where the cursor is, in place of what is selected; without an editor, into a new one. */
export async function pullLatest(session: Session, stack: Stack): Promise<Pulled> {
  const answer = await ask(session, {
    title: l10n.t('pybin: pulling…'),
    command: 'pybin.pullLatest',
    isBig: (stack.top?.sizeBytes ?? 0) >= limits.editor.bigTextBytes,
    call: (client, signal) => client.latest(signal),
  });
  if (answer.kind !== 'answered') return answer;
  const snippet = answer.value;
  stack.see(snippet);
  const inserted = window.activeTextEditor ? await insert(window.activeTextEditor, snippet) : false;
  if (!inserted) await openText(snippet.text, snippet.language);
  announce(l10n.t('Pulled number {0}.', snippet.number));
  return { kind: inserted ? 'inserted' : 'opened', number: snippet.number };
}

/** Puts the newest snippet's address on the clipboard. */
export async function copyLatestAddress(session: Session): Promise<Pulled> {
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

/** One edit, and so one undo step, whatever the number of cursors. False where the editor takes none. */
async function insert(editor: TextEditor, snippet: Snippet): Promise<boolean> {
  const { document } = editor;
  const { version } = document;
  const language = snippet.language || document.languageId;
  const eol = document.eol === EndOfLine.CRLF ? '\r\n' : '\n';
  const done = await editor.edit((edit) => {
    for (const selection of editor.selections) {
      const { start, end } = selection;
      const line = document.lineAt(start).text;
      const target = {
        indentation: LEADING_BLANKS.exec(line)?.[0] ?? '',
        before: line.slice(0, start.character),
        after: document.lineAt(end).text.slice(end.character),
        eol,
      } as const;
      edit.replace(selection, reindent(withoutByteOrderMark(snippet.text), language, target));
    }
  });
  // An editor that can't be written says that it was done, and changes nothing.
  if (!done || document.version === version) return false;
  // As after a paste: the cursor stands behind what came in.
  editor.selections = editor.selections.map(({ end }) => new Selection(end, end));
  editor.revealRange(editor.selection);
  return true;
}
