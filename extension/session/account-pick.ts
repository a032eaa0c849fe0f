// Choosing among the accounts that are signed in: which one counts, and which one goes.

import { l10n, type QuickPickItem, window } from 'vscode';
import { button, show, showProblem } from '../messages.ts';
import { type Account, allOf } from './accounts.ts';
import type { Session, SignedInAt } from './session.ts';
import type { SignIn } from './sign-in/sign-in.ts';

type Pick = QuickPickItem & { readonly account: Account | undefined };

/** Lets a person choose whose stack is used; whoever isn't signed in (any more) signs in. */
export async function switchAccount(session: Session, signIn: SignIn): Promise<void> {
  const at = await session.accounts();
  const accounts = at ? allOf(at) : [];
  if (!at || accounts.length === 0) {
    await signIn.begin();
    return;
  }
  const another: Pick = { label: l10n.t('$(add) Sign In to Another Account…'), account: undefined };
  const picked = await window.showQuickPick([...accounts.map((account) => toPick(account, at)), another], {
    title: l10n.t('Whose stack is used at {0}?', hostOf(at.endpoint)),
    placeHolder: l10n.t('An account, for all windows'),
  });
  if (!picked) return;
  if (!picked.account || picked.account.isRefused) await signIn.begin();
  else await session.switchTo(picked.account.userId);
}

/** Signs in; where others are signed in already and nobody was chosen, lets a person choose first. */
export async function signInOrChoose(session: Session, signIn: SignIn): Promise<void> {
  if (await session.canChoose()) await switchAccount(session, signIn);
  else await signIn.begin();
}

/** Signs out; which account, where there are several, and whose stack is used then. */
export async function signOut(session: Session, signIn: SignIn): Promise<void> {
  const at = await session.accounts();
  const accounts = at ? allOf(at) : [];
  const userId = accounts.length > 1 && at ? await pickToSignOut(at) : accounts[0]?.userId;
  if (accounts.length > 1 && userId === undefined) return;

  const done = await session.signOut(userId);
  if (!done.ok) showProblem(done.problem, button(l10n.t('Retry'), 'pybin.signOut'));
  else if (done.value === 'window')
    show(
      'warning',
      l10n.t(
        'Signed out until this window closes: the key is also in PYBIN_KEY or in a keyring that keeps it.',
      ),
    );
  else if (await session.canChoose()) await switchAccount(session, signIn);
}

async function pickToSignOut(at: SignedInAt): Promise<string | undefined> {
  const picked = await window.showQuickPick(
    allOf(at).map((account) => toPick(account, at)),
    { title: l10n.t('Sign out which account at {0}?', hostOf(at.endpoint)) },
  );
  return picked?.account?.userId;
}

function toPick(account: Account, { current }: SignedInAt): Pick {
  return {
    label: `$(account) ${account.userId}`,
    description: describe(account, account === current),
    account,
  };
}

function describe({ isRefused }: Account, isCurrent: boolean): string {
  if (isRefused) return l10n.t('its key was revoked: sign in again');
  return isCurrent ? l10n.t('in use') : '';
}

function hostOf(endpoint: string): string {
  return new URL(endpoint).host;
}
