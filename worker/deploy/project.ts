// What is deployed, as the project's own files say: wrangler.toml, the lifecycle file, and git.

import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeployError } from './failures.ts';
import type { Instance, Lifecycle } from './steps.ts';

const projectDirectory = join(import.meta.dirname, '..', '..');
const LIFECYCLE_FILE = 'worker/archive/lifecycle.json';
const DAY_SECONDS = 24 * 60 * 60;

/** @throws {DeployError} where a file says too little */
export async function readInstance(): Promise<Instance> {
  const { unstable_readConfig: readConfig } = await import('wrangler');
  const { name, r2_buckets: buckets } = readConfig({ config: join(projectDirectory, 'wrangler.toml') });
  const bucket = buckets[0]?.bucket_name;
  if (!name || !bucket) throw new DeployError('wrangler.toml names no Worker or no bucket.');
  return { worker: name, bucket, commit: readCommit(), lifecycle: await readLifecycle() };
}

/** The commit that is checked out; with `-dirty` where files differ from it, `unknown` where there is no git. */
function readCommit(): string {
  const { stdout, status } = spawnSync(
    'git',
    ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'],
    {
      cwd: projectDirectory,
      encoding: 'utf8',
    },
  );
  return status === 0 ? stdout.trim() : 'unknown';
}

async function readLifecycle(): Promise<Lifecycle> {
  const file: unknown = JSON.parse(await readFile(join(projectDirectory, LIFECYCLE_FILE), 'utf8'));
  const rule = at(at(file, 'rules'), '0');
  const prefix = at(at(rule, 'conditions'), 'prefix');
  const ageSeconds = at(at(at(rule, 'deleteObjectsTransition'), 'condition'), 'maxAge');
  if (typeof prefix !== 'string' || typeof ageSeconds !== 'number')
    throw new DeployError(`${LIFECYCLE_FILE} has no rule with a prefix and an age.`);
  return { file: LIFECYCLE_FILE, prefix, days: ageSeconds / DAY_SECONDS };
}

function at(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
