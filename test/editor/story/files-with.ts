// Which files hold a text: how a story looks for what must not be on a disk.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The files anywhere in a folder with any of these texts in them, links not followed. */
export async function filesWith(folder: string, ...texts: readonly string[]): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const found: string[] = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    const file = join(entry.parentPath, entry.name);
    const content = await readFile(file);
    if (texts.some((text) => content.includes(text))) found.push(file);
  }
  return found;
}
