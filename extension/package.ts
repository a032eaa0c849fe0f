// Packages the extension: `node extension/package.ts` makes dist/pybin.vsix of what bundle.ts wrote, and stops where
// vsce warns or it has grown too large. What follows (`--pre-release`, …) is for vsce.
// An extension's page shows pictures by https or from the text itself. So the README carries its picture, unless
// `--baseImagesUrl https://…` says where a published one is found.

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
const isPublished = given.includes('--baseImagesUrl');

const text = await readFile(join(root, 'extension/README.md'), 'utf8');
await writeFile(join(root, readme), isPublished ? text : await withPictures(text));

const { stdout, stderr } = await promisify(execFile)(
  process.execPath,
  [
    createRequire(import.meta.url).resolve('@vscode/vsce/vsce'),
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    `--readme-path=${readme}`,
    `--out=${vsix}`,
    ...(isPublished ? [] : ['--no-rewrite-relative-links']),
    ...given,
  ],
  { cwd: root },
);
console.log(stdout + stderr);
if (/\bWARNING\b/.test(stdout + stderr)) throw new Error('vsce warns, see above');
const { size } = await stat(join(root, vsix));
if (size > limits.vsixBytes) throw new Error(`${vsix} has ${size} bytes, ${limits.vsixBytes} at most`);

/** With each picture that lies beside the text as data in it. */
async function withPictures(markdown: string): Promise<string> {
  const paths = new Set(
    Array.from(markdown.matchAll(/\]\((media\/[\w-]+\.(?:gif|png))\)/g), ([, path = '']) => path),
  );
  let whole = markdown;
  for (const path of paths) {
    const picture = await readFile(join(import.meta.dirname, path), 'base64');
    whole = whole.replaceAll(`](${path})`, `](data:image/${path.slice(-3)};base64,${picture})`);
  }
  return whole;
}
