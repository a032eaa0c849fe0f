// Which settings Ruff takes for a file, as a hash that tells one configuration from another: those of the nearest
// folder that has some, else the person's own. What they extend is no part of it.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** As Ruff looks for them in each folder. */
const NAMES = ['.ruff.toml', 'ruff.toml', 'pyproject.toml'] as const;
const OWN_SECTION = /^[ \t]*\[+[ \t]*tool[ \t]*\.[ \t]*ruff[ \t]*[\].]/m;

/** SHA-256 in hex; empty where Ruff finds no settings, and takes its defaults. */
export async function getSettingsSha256(folder: string): Promise<string> {
  const settings = (await findUpwards(folder)) ?? (await readFirst(personalFolder()));
  return settings === undefined ? '' : createHash('sha256').update(settings).digest('hex');
}

async function findUpwards(folder: string): Promise<Uint8Array | undefined> {
  const settings = await readFirst(folder);
  const parent = dirname(folder);
  return settings ?? (parent === folder ? undefined : findUpwards(parent));
}

async function readFirst(folder: string): Promise<Uint8Array | undefined> {
  for (const name of NAMES) {
    const bytes = await readFile(join(folder, name)).catch(() => undefined);
    if (bytes && (name !== 'pyproject.toml' || OWN_SECTION.test(bytes.toString('utf8')))) return bytes;
  }
  return undefined;
}

/** Where Ruff keeps settings for all of a person's files. */
function personalFolder(): string {
  const { APPDATA, XDG_CONFIG_HOME } = process.env;
  const configuration = process.platform === 'win32' ? APPDATA : XDG_CONFIG_HOME;
  return join(configuration ?? join(homedir(), '.config'), 'ruff');
}
