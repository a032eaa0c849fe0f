// The extension as its users get it: packaged once in a run of tests, however many files open editors with it.

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runNpm } from './install.ts';

const root = join(import.meta.dirname, '../../..');
const vsix = join(root, 'dist/pybin.vsix');

/** Says to this process and those that it starts when the run began: what was packaged before is older than its sources. */
const beganName = 'PYBIN_TEST_RUN_BEGAN_MS';

/** From now on, what was packaged before doesn't count; what is packaged from here on does. */
export function beginRun(): void {
  process.env[beganName] = String(Date.now());
}

/** Gives the path of the `.vsix`. Packages where no run was begun, or none of its files has yet. */
export async function requirePackage(): Promise<string> {
  const began = process.env[beganName];
  const packaged = await stat(vsix).catch(() => undefined);
  if (began === undefined || packaged === undefined || packaged.mtimeMs < Number(began))
    await runNpm(['run', '--silent', 'package'], root);
  return vsix;
}
