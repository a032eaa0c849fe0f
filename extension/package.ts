// Packages the extension: `node extension/package.ts` makes dist/pybin.vsix of what bundle.ts wrote, and stops where
// vsce warns or it has grown too large. What follows (`--pre-release`, …) is for vsce.
// Editors and the Marketplace show an extension's page with pictures by https only. So its README comes without, unless
// `--baseImagesUrl https://…/extension` says where they are.

import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { limits } from '../shared/limits.ts';

const root = join(import.meta.dirname, '..');
const readme = 'dist/README.md';
const vsix = 'dist/pybin.vsix';
const given = process.argv.slice(2);
const hasPictures = given.some((word) => word.startsWith('--baseImagesUrl'));

const text = await readFile(join(root, 'extension/README.md'), 'utf8');
await writeFile(join(root, readme), hasPictures ? text : text.replaceAll(/^!\[[^\]]*\]\([^)]*\)\n\n/gm, ''));

const { stdout, stderr } = await promisify(execFile)(
  process.execPath,
  [
    createRequire(import.meta.url).resolve('@vscode/vsce/vsce'),
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    `--readme-path=${readme}`,
    `--out=${vsix}`,
    ...(hasPictures ? [] : ['--no-rewrite-relative-links']),
    ...given,
  ],
  { cwd: root },
);
console.log(stdout + stderr);
if (/\bWARNING\b/.test(stdout + stderr)) throw new Error('vsce warns, see above');
const { size } = await stat(join(root, vsix));
if (size > limits.vsixBytes) throw new Error(`${vsix} has ${size} bytes, ${limits.vsixBytes} at most`);
