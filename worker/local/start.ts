// `npm start`: serves the edge at http://localhost:8787 and says how to use it. Ctrl-C ends it cleanly.

import { startEdge } from './edge.ts';
import { localSettings } from './settings.ts';
import { requireLocalKey } from './sign-in.ts';

const { port, stateDirectory, userId } = localSettings(process.env);

const edge = await startEdge({ port, stateDirectory, localSignIn: true });
const key = await requireLocalKey(edge.url, stateDirectory, userId);
console.log(welcome(edge.url, userId, key));

let closing = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // Miniflare's own listener exits at once, with an error's code; ours lets it end first.
  process.removeAllListeners(signal);
  process.on(signal, () => {
    if (closing) return;
    closing = true;
    void edge.close().then(() => process.exit(0));
  });
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
