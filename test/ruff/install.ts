// Puts a stand-in for a project's Ruff where a test wants one. Each start of it leaves a line beside it, so that a test
// can tell that nothing ran.

import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface InstalledRuff {
  readonly program: string;
  /** What it was started with, each time. */
  starts(): Promise<string[]>;
}

/** @param root pybin's own folder @param build what it calls itself by: its version is `0.17.3+{build}` */
export async function installRuff(root: string, folder: string, build: string): Promise<InstalledRuff> {
  const program = join(folder, 'ruff');
  await mkdir(folder, { recursive: true });
  // An extension host of a desktop's editor runs in Electron, which is a Node where it is told so.
  const script = `#!/bin/sh
echo "$@" >> "$0.starts"
ELECTRON_RUN_AS_NODE=1 exec '${process.execPath}' '${join(root, 'test/ruff/stand-in.ts')}' '${build}' "$@"
`;
  await writeFile(program, script);
  await chmod(program, 0o755);
  return {
    program,
    starts: async () => {
      const told = await readFile(`${program}.starts`, 'utf8').catch(() => '');
      return told.split('\n').filter((line) => line !== '');
    },
  };
}
