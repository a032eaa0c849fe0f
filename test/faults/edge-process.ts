// The edge without a rate limit, for tests that end it in any way. Prints the process id of workerd each time
// one is started, and the edge's address once it answers.

import { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { basename } from 'node:path';
import { startEdge } from '../../worker/local/edge.ts';

subscribe('child_process', (message) => {
  const isStart = typeof message === 'object' && message !== null && 'process' in message;
  if (!isStart || !(message.process instanceof ChildProcess)) return;
  const child = message.process;
  child.once('spawn', () => {
    if (basename(child.spawnfile).startsWith('workerd')) console.log(`workerd ${child.pid}`);
  });
});

const stateDirectory = process.env['PYBIN_STATE_DIR'];
if (stateDirectory === undefined) throw new Error('PYBIN_STATE_DIR is not set');
const { url } = await startEdge({ port: 0, stateDirectory, localSignIn: true, rateLimit: false });
console.log(`url ${url}`);
