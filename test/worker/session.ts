// A browser of somebody's, as far as the Worker sees it: a cookie, and where its requests come from.

import { env } from 'cloudflare:workers';
import { routingHashOf } from '../../worker/ids/routing-hash.ts';
import { startSession } from '../../worker/identity/session.ts';
import { ask, origin } from './edge.ts';

export interface Browser {
  /** As the browser sends it back. */
  readonly cookie: string;
  /** A request with the cookie, sent by a page of this instance. */
  ask(path: string, init?: RequestInit): Promise<Response>;
}

/** A browser that is signed in as somebody who has an account. */
export async function openBrowser(userId: string): Promise<Browser> {
  const [cookie = ''] = (await startSession(env, routingHashOf(userId))).split(';');
  return {
    cookie,
    ask(path, init = {}) {
      const headers = new Headers(init.headers);
      headers.set('cookie', cookie);
      if (!headers.has('origin') && !headers.has('sec-fetch-site')) headers.set('origin', origin);
      return ask(path, { ...init, headers });
    },
  };
}
