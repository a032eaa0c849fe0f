// What the commands do that sign in and out.

import type { Handlers, sessionCommands } from '../commands.ts';
import { signInOrChoose, signOut, switchAccount } from './account-pick.ts';
import type { Session } from './session.ts';
import type { SignIn } from './sign-in/sign-in.ts';

export function createSessionHandlers(session: Session, signIn: SignIn): Handlers<typeof sessionCommands> {
  return {
    'pybin.signIn': () => signInOrChoose(session, signIn),
    'pybin.signInWithCode': () => signIn.begin('code'),
    'pybin.signInWithKey': () => signIn.begin('key'),
    'pybin.switchAccount': () => switchAccount(session, signIn),
    'pybin.signOut': () => signOut(session, signIn),
  };
}
