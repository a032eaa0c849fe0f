// What an instance on one machine must keep secret, kept beside its state and made at the first start.

import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const OWNER_ONLY = 0o600;
const SECRET_BYTES = 32;

/** The instance's secret. The same at every start with the same state, so that links and keys keep working. */
export async function requireInstanceSecrets(stateDirectory: string): Promise<string> {
  return keep(instanceSecretsPath(stateDirectory), createSecret);
}

/** What whoever runs the instance shows: to read its metrics, or to take a snippet down. */
export async function requireToken(stateDirectory: string, whose: 'metrics' | 'operator'): Promise<string> {
  return keep(join(stateDirectory, `${whose}-token`), createSecret);
}

/** Where the instance's secrets are kept: newest first, separated by commas. */
export function instanceSecretsPath(stateDirectory: string): string {
  return join(stateDirectory, 'instance-secrets');
}

/** 256 random bits in hex. */
export function createSecret(): string {
  return randomBytes(SECRET_BYTES).toString('hex');
}

/** Writes a file that only its owner reads, whole or not at all. */
export async function writeSecret(path: string, text: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, `${text}\n`, { mode: OWNER_ONLY });
  await rename(unfinished, path);
}

/** The text of a file; undefined where there is none. */
export async function getSecret(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
}

/** The text of a file; where there is none, what `make` gives is written there first. */
export async function keep(path: string, make: () => string | Promise<string>): Promise<string> {
  const kept = await getSecret(path);
  if (kept !== undefined) return kept;
  const text = await make();
  await writeSecret(path, text);
  return text;
}

function isMissingFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
