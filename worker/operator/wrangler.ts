// Cloudflare through wrangler's command line: the one thing that an operator's command asks of it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { OperatorError } from './failure.ts';

const projectDirectory = join(import.meta.dirname, '..', '..');
const wranglerScript = join(projectDirectory, 'node_modules', 'wrangler', 'bin', 'wrangler.js');

/** Sets a secret of the Worker that wrangler.toml names; its running version has it at once. @throws {OperatorError} */
export async function putSecret(name: string, value: string): Promise<void> {
  const child = spawn(process.execPath, [wranglerScript, 'secret', 'put', name], {
    cwd: projectDirectory,
    // Never as an argument: those are there for all to see.
    stdio: ['pipe', 'inherit', 'inherit'],
    env: {
      ...process.env,
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_SEND_ERROR_REPORTS: 'false',
      WRANGLER_HIDE_BANNER: 'true',
      // Its log files would keep what was sent.
      WRANGLER_WRITE_LOGS: 'false',
    },
  });
  const ended = once(child, 'close');
  child.stdin.end(value);
  const [code] = await ended;
  if (code !== 0)
    throw new OperatorError(
      `wrangler could not set ${name}: it is as it was. Try again; a secret more does no harm.`,
    );
}
