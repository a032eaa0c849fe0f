// Installs the dependencies where they are missing or older than the lockfile. Plain JavaScript without
// dependencies, because it runs before there are any, on whatever Node the machine has.

import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const projectDirectory = fileURLToPath(new URL('../..', import.meta.url));

/** When a file was written, or 0 where there is none. */
function writtenAtMs(path) {
  return statSync(`${projectDirectory}${path}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

// npm writes this file last, so it is there only after a whole install.
if (writtenAtMs('node_modules/.package-lock.json') < writtenAtMs('package-lock.json')) {
  console.log('Installing dependencies …');
  // Engines are checked against the machine's Node; everything then runs on the Node 24 this installs.
  const { status } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: projectDirectory,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    },
  );
  if (status !== 0) process.exit(status ?? 1);
}
