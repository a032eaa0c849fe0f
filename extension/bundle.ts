// Bundles the extension: `node extension/bundle.ts` writes dist/extension. VS Code loads extension.cjs when it
// starts, so that stays small; the client of the edge, QR codes and the thread with Ruff are files of their own, read when needed.

import { copyFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { writeNotices } from './notices.ts';

const root = join(import.meta.dirname, '..');
const target = join(root, 'dist/extension');
const ruff = dirname(createRequire(import.meta.url).resolve('@astral-sh/ruff-wasm-nodejs'));

/** `import('./edge.ts')` stays an import, of the file that it is bundled to. */
const apart: Plugin = {
  name: 'apart',
  setup: (bundle) =>
    bundle.onResolve({ filter: /\/(?:edge|qr-picture)\.ts$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: `./${basename(path, '.ts')}.cjs`, external: true } : undefined,
    ),
};

await rm(target, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: {
    extension: 'extension/extension.ts',
    edge: 'extension/session/edge.ts',
    'qr-picture': 'extension/stack/qr-picture.ts',
    'ruff-thread': 'extension/gate/ruff-thread.ts',
  },
  outdir: target,
  outExtension: { '.js': '.cjs' },
  plugins: [apart],
  bundle: true,
  platform: 'node',
  // The Node of the oldest VS Code that the manifest allows.
  target: 'node22',
  format: 'cjs',
  external: ['vscode'],
  minify: true,
  sourcemap: 'linked',
  legalComments: 'none',
  metafile: true,
  absWorkingDir: root,
  logLevel: 'warning',
});
// Ruff's package reads it from beside the file that it is bundled to.
await copyFile(join(ruff, 'ruff_wasm_bg.wasm'), join(target, 'ruff_wasm_bg.wasm'));
await writeFile(join(target, 'notices.txt'), await writeNotices(Object.keys(metafile.inputs), root));
