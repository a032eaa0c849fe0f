// The Worker as its users see it: requests to the real thing in workerd, as somebody or as nobody.

import { exports } from 'cloudflare:workers';

export const origin = 'http://localhost';

/** One request to the Worker. */
export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return exports.default.fetch(new Request(`${origin}${path}`, init));
}

export interface User {
  readonly userId: string;
  readonly key: string;
  /** A request with this user's key. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Pushes a text and gives its address's path. */
  push(text: string | Uint8Array, query?: string): Promise<string>;
}

/** Somebody signed in locally. */
export async function signIn(
  userId: string,
  visibility: 'public' | 'unlisted' | 'private' = 'public',
): Promise<User> {
  const answer = await ask('/sign-in/local', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId, visibility }),
  });
  if (!answer.ok) throw new Error(`sign-in refused: ${await answer.text()}`);
  const { key } = await answer.json<{ key: string }>();
  const askAs = (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${key}`);
    return ask(path, { ...init, headers });
  };
  return {
    userId,
    key,
    ask: askAs,
    async push(text, query = '') {
      const pushed = await askAs(`/${query}`, { method: 'POST', body: text });
      if (pushed.status !== 201) throw new Error(`push refused: ${await pushed.text()}`);
      return new URL((await pushed.text()).trim()).pathname;
    },
  };
}
