// Where there are as many keys as there may be, nothing is approved that would need another one.

import { limits } from '../../shared/limits.ts';
import { problems } from '../../shared/problem.ts';
import type { Session } from '../identity/session.ts';
import { withSession } from '../identity/session.ts';
import { callAs } from '../stack/stub.ts';
import { columnPage } from './column-page.ts';
import { html, htmlResponse } from './html.ts';

/** The page that says so; undefined where a key of this name can be made. */
export async function getFullKeysPage(
  env: Env,
  session: Session,
  name: string,
): Promise<Response | undefined> {
  const keys = await callAs(env, session.credential, (owner) => owner.listKeys());
  // One of the same name is the same device's and makes room.
  if (keys.length < limits.keysPerUser || keys.some((key) => key.name === name)) return undefined;
  const page = columnPage({
    title: 'You have too many keys',
    userId: session.account.userId,
    content: html`<p class="refused" role="alert">“<bdi>${name}</bdi>” asks for a key, and you have ${limits.keysPerUser}, which is all there may be.</p>
      <p>Revoke one that you don’t use any more, then load this page again.</p>
      <p><a class="button primary" href="/account#keys">Your keys</a></p>`,
  });
  return withSession(session, htmlResponse(page, { status: problems.keys_full.status, headers: {} }));
}
