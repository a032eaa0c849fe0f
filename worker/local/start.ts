// `npm start`: serves the edge at http://localhost:8787 and says how to use it. Ctrl-C ends it cleanly.

import { type Edge, startEdge } from './edge.ts';
import { localSettings } from './settings.ts';
import { requireLocalKey } from './sign-in.ts';

try {
  await start();
} catch (error) {
  console.error(`pybin can’t start. ${reasonOf(error)}`);
  process.exit(1);
}

async function start(): Promise<void> {
  const { port, stateDirectory, userId } = localSettings(process.env);
  const edge = await startEdge({ port, stateDirectory, localSignIn: true });
  const key = await requireLocalKey(edge.url, stateDirectory, userId, 'terminal');
  endOnSignal(edge);
  console.log(welcome({ url: edge.url, userId, key, stateDirectory }));
}

function endOnSignal(edge: Edge): void {
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
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isPortTaken = 'code' in error && error.code === 'ERR_ADDRESS_IN_USE';
  return isPortTaken ? 'Its port is in use: end what uses it, or set PORT to another.' : error.message;
}

function welcome(ready: { url: string; userId: string; key: string; stateDirectory: string }): string {
  const { url, userId, key, stateDirectory } = ready;
  return `
pybin is at ${url}

  user  ${userId}
  key   ${key}

Push a file, then read it on any device:

  curl --data-binary @hello.py -H "Authorization: Bearer ${key}" ${url}/
  curl ${url}/~${userId}

Try the extension: npm run editor, in another terminal.
Ctrl-C ends it. Everything pushed is kept in ${stateDirectory}
`;
}
