// All of signing in, as the extension has it: its commands, its place among the editor's accounts, the addresses that
// come back from a browser, and the one message where a key isn't taken any more.

import { authentication, type ExtensionContext, l10n, window } from 'vscode';
import { type Register, sessionCommands } from '../commands.ts';
import type { Log } from '../log.ts';
import { button, show } from '../messages.ts';
import { once } from '../once.ts';
import { Authentication } from './authentication.ts';
import type { Connection, Session } from './session.ts';
import { Callbacks } from './sign-in/callbacks.ts';

/** As the manifest names it. */
const PROVIDER_ID = 'pybin';

/** Begins all of it. What asks a person is loaded once somebody signs in. */
export function registerSession(
  { extension, subscriptions }: Pick<ExtensionContext, 'extension' | 'subscriptions'>,
  register: Register,
  session: Session,
  log: Log,
): void {
  const callbacks = new Callbacks(log);
  const getSignIn = once(async () => {
    const { SignIn } = await import('../on-demand.ts');
    return new SignIn({ session, callbacks, extensionId: extension.id, log });
  });
  const accounts = new Authentication(session, getSignIn);
  subscriptions.push(
    accounts,
    window.registerUriHandler(callbacks),
    authentication.registerAuthenticationProvider(PROVIDER_ID, 'pybin', accounts, {
      supportsMultipleAccounts: true,
    }),
    session.onDidRefuse((connection) => showRefused(connection)),
    ...register(sessionCommands, async () => {
      const { createSessionHandlers } = await import('../on-demand.ts');
      return createSessionHandlers(session, await getSignIn());
    }),
  );
}

function showRefused({ endpoint, userId }: Connection): void {
  const { host } = new URL(endpoint);
  const message =
    userId === undefined
      ? l10n.t('Signed out: {0} doesn’t know the key from PYBIN_KEY.', host)
      : l10n.t('Signed out: the key of {0} is not known at {1} any more.', userId, host);
  show('warning', message, button(l10n.t('Sign In'), 'pybin.signIn'));
}
