// Bundles the extension: `node extension/bundle.ts` writes dist/extension, for editors with Node and for those in a
// browser. VS Code loads extension.cjs when it starts, so that stays small: what is reached by `import()` alone is a
// file of its own, read when it is needed. A browser's extension is one file: such parts are run when they are needed.

import { copyFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { writeNotices } from './notices.ts';

const root = join(import.meta.dirname, '..');
const target = join(root, 'dist/extension');
const ruff = dirname(createRequire(import.meta.url).resolve('@astral-sh/ruff-wasm-nodejs'));

/** What packages ask of Node that a browser has not. */
const NODE_IN_A_BROWSER: Readonly<Record<string, string>> = {
  // Ruff's package reads its WebAssembly; in a browser it is given the bytes.
  fs: join(root, 'extension/browser/wasm-bytes.ts'),
  'node:path': 'path-browserify',
};

/** The Node of the oldest VS Code that the manifest allows. */
const NODE = 'node22';

const written = {
  minify: true,
  sourcemap: 'linked',
  legalComments: 'none',
  absWorkingDir: root,
  outdir: target,
  // The manifest calls its modules ES modules, which an editor in a browser can't load.
  outExtension: { '.js': '.cjs' },
  logLevel: 'warning',
} satisfies BuildOptions;
const common = {
  ...written,
  bundle: true,
  external: ['vscode'],
  metafile: true,
} satisfies BuildOptions;

await rm(target, { recursive: true, force: true });
const inNode = await build({
  ...common,
  // Only ES modules are split; an editor is given CommonJS.
  format: 'esm',
  splitting: true,
  chunkNames: '[name]-[hash]',
  entryPoints: [
    { in: 'extension/main.ts', out: 'extension' },
    { in: 'extension/gate/ruff-thread.ts', out: 'ruff-thread' },
  ],
  platform: 'node',
  target: NODE,
});
await build({
  ...written,
  entryPoints: Object.keys(inNode.metafile.outputs).filter((path) => path.endsWith('.cjs')),
  format: 'cjs',
  platform: 'node',
  target: NODE,
  // One that stays would be asked of the editor's loader of ES modules, which knows no `vscode`.
  supported: { 'dynamic-import': false },
  allowOverwrite: true,
});
const browsers = {
  ...common,
  format: 'cjs',
  alias: NODE_IN_A_BROWSER,
  platform: 'browser',
  target: 'es2024',
  define: { __dirname: '""' },
} satisfies BuildOptions;
const inBrowsers = await build({
  ...browsers,
  entryPoints: [{ in: 'extension/browser/main.ts', out: 'browser' }],
});
const inWorkers = await build({
  ...browsers,
  format: 'iife',
  entryPoints: [{ in: 'extension/browser/ruff-thread.ts', out: 'browser-ruff-thread' }],
});
// Ruff's package reads it from beside the file that it is bundled to.
await copyFile(join(ruff, 'ruff_wasm_bg.wasm'), join(target, 'ruff_wasm_bg.wasm'));
const inputs = [inNode, inBrowsers, inWorkers].flatMap(({ metafile }) => Object.keys(metafile.inputs));
await writeFile(join(target, 'notices.txt'), await writeNotices([...new Set(inputs)], root));
