// `npm start`: serves the edge at http://localhost:8787 and says how to use it. Ctrl-C ends it cleanly.

import { join } from 'node:path';
import { type Edge, startEdge } from './edge.ts';
import { localSettings } from './settings.ts';
import { keep } from './secrets.ts';

const { port, stateDirectory, userId } = localSettings(process.env);

const edge = await startEdge({ port, stateDirectory, localSignIn: true });
const key = await requireLocalKey(edge);
console.log(welcome(edge.url, userId, key));

let closing = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (closing) return;
    closing = true;
    void edge.close().then(() => process.exit(0));
  });
}

/** The local user's key: made at the first start, the same at each one after it while it works. */
async function requireLocalKey({ url }: Edge): Promise<string> {
  const path = join(stateDirectory, `key-${userId}`);
  const kept = await keep(path, () => signIn(url));
  const answer = await fetch(`${url}/v1/account`, { headers: { authorization: `Bearer ${kept}` } });
  if (answer.ok) return kept;
  throw new Error(`The key in ${path} no longer works. Delete that file and start again.`);
}

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/sign-in/local`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId }),
  });
  const body: unknown = await answer.json();
  if (answer.ok && typeof body === 'object' && body !== null && 'key' in body && typeof body.key === 'string')
    return body.key;
  throw new Error(`Local sign-in as "${userId}" was refused: ${JSON.stringify(body)}`);
}

function welcome(url: string, user: string, userKey: string): string {
  return `
pybin is at ${url}

  user  ${user}
  key   ${userKey}

Push a file, then read it on any device:

  curl --data-binary @hello.py -H "Authorization: Bearer ${userKey}" ${url}/
  curl ${url}/~${user}

Try the extension: npm run editor, in another terminal.
Ctrl-C ends it. Everything pushed is kept in ${stateDirectory}
`;
}
