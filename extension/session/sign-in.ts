// Signing in by a pasted key, and out again.

import { l10n, window } from 'vscode';
import { button, show, showProblem } from '../messages.ts';
import { parseKey } from './key.ts';
import type { Session } from './session.ts';

/** Asks for a key and signs in with it. Resolves with whether that was done. */
export async function signIn(session: Session): Promise<boolean> {
  const pasted = await window.showInputBox({
    title: l10n.t('Sign in to pybin'),
    prompt: l10n.t('Paste one of your keys.'),
    placeHolder: 'pyb_…',
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      parseKey(text).ok ? undefined : l10n.t('A key is "pyb_" and 65 letters and digits.'),
  });
  if (pasted === undefined) return false;

  const done = await session.signIn(pasted);
  if (!done.ok) {
    showProblem(done.problem, button(l10n.t('Retry'), 'pybin.signIn'));
    return false;
  }
  const { userId, kept } = done.value;
  if (kept === 'window')
    show(
      'warning',
      l10n.t(
        'Signed in as {0} until this window closes: the keyring of this system did not take the key.',
        userId,
      ),
    );
  else show('information', l10n.t('Signed in as {0}.', userId));
  return true;
}

export async function signOut(session: Session): Promise<void> {
  const done = await session.signOut();
  if (!done.ok) showProblem(done.problem, button(l10n.t('Retry'), 'pybin.signOut'));
  else if (done.value === 'window')
    show(
      'warning',
      l10n.t(
        'Signed out until this window closes: the key is also in PYBIN_KEY or in a keyring that keeps it.',
      ),
    );
}
