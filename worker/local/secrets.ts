// What an instance on one machine must keep secret, kept beside its state and made at the first start.

import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const OWNER_ONLY = 0o600;

/** The instance's secret. The same at every start with the same state, so that links and keys keep working. */
export async function requireInstanceSecrets(stateDirectory: string): Promise<string> {
  return keep(join(stateDirectory, 'instance-secrets'), () => randomBytes(32).toString('hex'));
}

/** The text of a file; where there is none, what `make` gives is written there first. */
export async function keep(path: string, make: () => string | Promise<string>): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (!isMissingFile(error)) throw error;
  }
  const text = await make();
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, `${text}\n`, { mode: OWNER_ONLY });
  return text;
}

function isMissingFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
