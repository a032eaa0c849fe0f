// All of signing in, as the extension has it: its commands, its place among the editor's accounts, the addresses that
// come back from a browser, and the one message where a key isn't taken any more.

import { authentication, type ExtensionContext, l10n, window } from 'vscode';
import type { Handlers } from '../commands.ts';
import type { Log } from '../log.ts';
import { button, show } from '../messages.ts';
import { signInOrChoose, signOut, switchAccount } from './account-pick.ts';
import { Authentication } from './authentication.ts';
import type { Connection, Session } from './session.ts';
import { Callbacks } from './sign-in/callbacks.ts';
import { SignIn } from './sign-in/sign-in.ts';

/** As the manifest names it. */
const PROVIDER_ID = 'pybin';

type SessionCommand =
  | 'pybin.signIn'
  | 'pybin.signInWithCode'
  | 'pybin.signInWithKey'
  | 'pybin.switchAccount'
  | 'pybin.signOut';

/** Begins all of it, and gives the handlers of its commands. */
export function registerSession(
  { extension, subscriptions }: Pick<ExtensionContext, 'extension' | 'subscriptions'>,
  session: Session,
  log: Log,
): Pick<Handlers, SessionCommand> {
  const callbacks = new Callbacks(log);
  const signIn = new SignIn({ session, callbacks, extensionId: extension.id, log });
  const accounts = new Authentication(session, signIn);
  subscriptions.push(
    accounts,
    window.registerUriHandler(callbacks),
    authentication.registerAuthenticationProvider(PROVIDER_ID, 'pybin', accounts, {
      supportsMultipleAccounts: true,
    }),
    session.onDidRefuse((connection) => showRefused(connection)),
  );
  return {
    'pybin.signIn': () => signInOrChoose(session, signIn),
    'pybin.signInWithCode': () => signIn.begin('code'),
    'pybin.signInWithKey': () => signIn.begin('key'),
    'pybin.switchAccount': () => switchAccount(session, signIn),
    'pybin.signOut': () => signOut(session, signIn),
  };
}

function showRefused({ endpoint, userId }: Connection): void {
  const { host } = new URL(endpoint);
  const message =
    userId === undefined
      ? l10n.t('Signed out: {0} doesn’t know the key from PYBIN_KEY.', host)
      : l10n.t('Signed out: the key of {0} is not known at {1} any more.', userId, host);
  show('warning', message, button(l10n.t('Sign In'), 'pybin.signIn'));
}
