// `npm run deploy` as a process: what it prints and how it ends, without a token and without a network.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const script = join(import.meta.dirname, '../../../worker/deploy/run.ts');
const TIMEOUT_MS = 30_000;

/** Where nobody is signed in to Cloudflare. */
const home = mkdtempSync(join(tmpdir(), 'pybin-home-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function run(...args: readonly string[]) {
  const { CLOUDFLARE_API_TOKEN: _token, ...environment } = process.env;
  return spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    // Where nothing listens: no test may reach a real account.
    env: {
      ...environment,
      CLOUDFLARE_API_BASE_URL: 'http://127.0.0.1:9/client/v4',
      XDG_CONFIG_HOME: '/nowhere',
    },
  });
}

it('stops with code 1 and says what to do', { timeout: TIMEOUT_MS }, () => {
  const { status, stdout, stderr } = run();
  expect(stderr).toMatch(/^Stopped\. CLOUDFLARE_API_TOKEN is not set\. Make a token at \S+ with .*\n$/);
  expect(stdout).toBe('');
  expect(status).toBe(1);
});

it('stops at an option that it doesn’t know', () => {
  const { status, stderr } = run('--force');
  expect(stderr).toBe('Stopped. A deploy knows no "--force". It knows --dry-run and --url <address>.\n');
  expect(status).toBe(1);
});

it('tells its steps in a dry run', { timeout: TIMEOUT_MS }, () => {
  const { status, stdout } = run('--dry-run');
  expect(stdout.split('\n')).toHaveLength(8);
  expect(stdout).toMatch(/^Nothing is changed\./);
  expect(status).toBe(0);
});
