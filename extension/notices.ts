// The notices of the packages that a bundle contains: each one's license, in full, as the license asks for.
// A package whose license has no text here stops the bundling.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const PACKAGE = /^node_modules\/(?:@[^/]+\/)?[^/]+/;

/** Texts of licenses whose packages don't bring them, by SPDX id. */
const texts = join(import.meta.dirname, 'licenses');

/** @param inputs files of the bundle, as paths from the root */
export async function writeNotices(inputs: readonly string[], root: string): Promise<string> {
  const folders = new Set(
    inputs.map((input) => PACKAGE.exec(input)?.[0]).filter((folder) => folder !== undefined),
  );
  const notices = await Promise.all([...folders].toSorted().map((folder) => noticeOf(join(root, folder))));
  return notices.join(`\n${'-'.repeat(80)}\n\n`);
}

async function noticeOf(folder: string): Promise<string> {
  const { name, version, license }: Record<string, string> = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  const own = (await readdir(folder)).filter((file) => /^licen[cs]e/i.test(file));
  const files =
    own.length > 0
      ? own.map((file) => join(folder, file))
      : (license?.match(/[\w.-]+/g) ?? [])
          .filter((word) => word !== 'AND')
          .map((id) => join(texts, `${id}.txt`));
  if (files.length === 0) throw new Error(`${name} has no license`);
  const licenses = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return [`${name} ${version}, ${license}`, ...licenses].join('\n\n');
}
