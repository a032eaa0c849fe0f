// A snippet's text, read on behalf of a person. One that burns is never read without a yes: it was pushed
// to be seen once, and an editor's window may be seen by others.

import { l10n } from 'vscode';
import type { Snippet } from '../../shared/client.ts';
import { limits } from '../../shared/limits.ts';
import type { CommandId } from '../commands.ts';
import { button, type Confirm } from '../messages.ts';
import { ask, type Answered } from '../session/ask.ts';
import type { Session } from '../session/session.ts';
import type { Listed } from './snippet-address.ts';

export interface Reader {
  readonly session: Session;
  readonly confirm: Confirm;
}

/** Reads a snippet by its id. A no to the question of a burning one counts as given up. @param retry what "Retry" does */
export async function readSnippet(
  { session, confirm }: Reader,
  listed: Listed,
  retry: CommandId,
): Promise<Answered<Snippet>> {
  if (!(await mayBeRead(listed, confirm))) return { kind: 'canceled' };
  const { id, number, sizeBytes } = listed;
  return ask(session, {
    title: l10n.t('pybin: reading…'),
    command: retry,
    isBig: sizeBytes >= limits.editor.bigTextBytes,
    notices: {
      not_found: {
        message: goneMessage(number),
        buttons: [button(l10n.t('History'), 'pybin.showHistory')],
      },
    },
    call: (client, signal) => client.get(id, signal),
  });
}

/** Whether a text may be shown: of one that burns, the person is asked. */
export async function mayBeRead(
  { number, readsLeft }: Pick<Listed, 'number' | 'readsLeft'>,
  confirm: Confirm,
): Promise<boolean> {
  if (readsLeft === 0) return true;
  return confirm({
    message: l10n.t('Read #{0} here?', number),
    detail: l10n.t(
      'It was pushed to be gone once it is read. You are its owner: reading it here takes none of its reads, but whoever sees this window sees it.',
    ),
    yes: l10n.t('Read'),
  });
}

/** That a snippet can't be read any more. */
export function goneMessage(number: number): string {
  return l10n.t('#{0} is not on your stack any more: its lifetime ended, or it was taken off.', number);
}
