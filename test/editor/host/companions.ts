// The extensions that run beside pybin in tests, made ready for an editor: a linter that is told what to do, and the
// real Pyright.

import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { runNpm } from './install.ts';

export type CompanionName = 'fake-linter' | 'pyright';

const sources = join(import.meta.dirname, '../beside');
const target = join(import.meta.dirname, '../../../dist/test/editor/companions');
const pyright = join(sources, 'pyright');
const pyrightPackage = join(pyright, 'node_modules/pyright');

/** Bundles one, and installs what it runs. Answers the folder to start it from. */
export async function buildCompanion(name: CompanionName): Promise<string> {
  if (name === 'pyright') await installPyright();
  const folder = join(target, name);
  await build({
    entryPoints: [join(sources, name, 'extension.ts')],
    outfile: join(folder, 'extension.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    define: { PYRIGHT_SERVER: JSON.stringify(join(pyrightPackage, 'langserver.index.js')) },
    logLevel: 'warning',
  });
  await cp(join(sources, name, 'package.json'), join(folder, 'package.json'));
  return folder;
}

/** From npm, where its folder has not the very version that its lockfile names. */
async function installPyright(): Promise<void> {
  const { packages } = await readJson(join(pyright, 'package-lock.json'));
  const installed = await readJson(join(pyrightPackage, 'package.json')).catch(() => undefined);
  if (installed?.version === packages?.['node_modules/pyright']?.version) return;
  await runNpm(['ci', '--ignore-scripts'], pyright);
}

interface PackageFile {
  readonly version?: string;
  readonly packages?: Readonly<Record<string, PackageFile>>;
}

async function readJson(path: string): Promise<PackageFile> {
  const file: PackageFile = JSON.parse(await readFile(path, 'utf8'));
  return file;
}
