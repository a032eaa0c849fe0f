// pybin among the editor's accounts: its Accounts menu lists them, signs them out, and lets other extensions use them.
//
// A session's token is the account's key, because a token that can't be used is of no use: the editor asks the person
// before it gives one extension what another signed in to, and remembers the answer by account. pybin itself reads its
// own store and never has to ask. Sessions are those of the endpoint that is set, so that no key is taken for another
// instance's; the environment's key is none, because whoever set it set it for pybin.

import {
  type AuthenticationProvider,
  type AuthenticationProviderAuthenticationSessionsChangeEvent,
  type AuthenticationProviderSessionOptions,
  type AuthenticationSession,
  type Disposable,
  type Event,
  EventEmitter,
  l10n,
} from 'vscode';
import { requireOk } from '../../shared/problem.ts';
import { allOf } from './accounts.ts';
import {
  authChange,
  type AuthSession,
  authSessionId,
  hasAuthScopes,
  toAuthSessions,
} from './auth-sessions.ts';
import type { Session } from './session.ts';
import type { SignIn } from './sign-in/sign-in.ts';

export class Authentication implements AuthenticationProvider, Disposable {
  readonly #session: Session;
  readonly #getSignIn: () => Promise<SignIn>;
  readonly #changed = new EventEmitter<AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly #subscription: Disposable;
  #told: readonly AuthSession[] = [];

  readonly onDidChangeSessions: Event<AuthenticationProviderAuthenticationSessionsChangeEvent> =
    this.#changed.event;

  constructor(session: Session, getSignIn: () => Promise<SignIn>) {
    this.#session = session;
    this.#getSignIn = getSignIn;
    this.#subscription = session.onDidChangeAccounts(() => void this.#tell());
    void this.#tell();
  }

  async getSessions(
    scopes: readonly string[] | undefined,
    { account }: AuthenticationProviderSessionOptions,
  ): Promise<AuthenticationSession[]> {
    if (!hasAuthScopes(scopes)) return [];
    const sessions = await this.#sessions();
    return account ? sessions.filter((session) => session.account.id === account.id) : sessions;
  }

  async createSession(scopes: readonly string[]): Promise<AuthenticationSession> {
    if (!hasAuthScopes(scopes)) throw new Error(l10n.t('pybin has no such scopes: {0}.', scopes.join(', ')));
    const signIn = await this.#getSignIn();
    const signedIn = await signIn.begin();
    const at = await this.#session.accounts();
    const id = at && signedIn && authSessionId(at.endpoint, signedIn.userId);
    const session = (await this.#sessions()).find((each) => each.id === id);
    if (!session) throw new Error(l10n.t('Nobody signed in to pybin.'));
    return session;
  }

  async removeSession(sessionId: string): Promise<void> {
    const at = await this.#session.accounts();
    const account = at && allOf(at).find(({ userId }) => authSessionId(at.endpoint, userId) === sessionId);
    if (!account) throw new Error(l10n.t('This account of pybin is not signed in.'));
    requireOk(await this.#session.signOut(account.userId));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #sessions(): Promise<AuthSession[]> {
    const at = await this.#session.accounts();
    return at ? toAuthSessions(at.endpoint, at) : [];
  }

  async #tell(): Promise<void> {
    const sessions = await this.#sessions();
    const change = authChange(this.#told, sessions);
    this.#told = sessions;
    if (change) this.#changed.fire(change);
  }
}
