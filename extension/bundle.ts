// Bundles the extension: `node extension/bundle.ts` writes dist/extension, for editors with Node and for those in a
// browser. VS Code loads extension.cjs when it starts, so that stays small; what is large is a file of its own, read
// when needed. A browser's extension is one file: its parts are run when needed.

import { copyFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { writeNotices } from './notices.ts';

const root = join(import.meta.dirname, '..');
const target = join(root, 'dist/extension');
const ruff = dirname(createRequire(import.meta.url).resolve('@astral-sh/ruff-wasm-nodejs'));

/** What is loaded when it is first needed: the edge's client, QR codes, and the rules for secrets. */
const PARTS = ['extension/session/edge.ts', 'extension/stack/qr-picture.ts', 'extension/secrets/scan.ts'];

/** `import('./edge.ts')` stays an import, of the file that it is bundled to. */
const apart: Plugin = {
  name: 'apart',
  setup: (bundle) =>
    bundle.onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) =>
      kind === 'dynamic-import' && PARTS.some((part) => join(root, part) === join(resolveDir, path))
        ? { path: `./${nameOf(path)}.cjs`, external: true }
        : undefined,
    ),
};

/** What packages ask of Node that a browser has not. */
const NODE_IN_A_BROWSER: Readonly<Record<string, string>> = {
  // Ruff's package reads its WebAssembly; in a browser it is given the bytes.
  fs: join(root, 'extension/browser/wasm-bytes.ts'),
  'node:path': 'path-browserify',
};

const common = {
  bundle: true,
  format: 'cjs',
  external: ['vscode'],
  minify: true,
  sourcemap: 'linked',
  legalComments: 'none',
  metafile: true,
  absWorkingDir: root,
  outdir: target,
  // The manifest calls its modules ES modules, which an editor in a browser can't load.
  outExtension: { '.js': '.cjs' },
  logLevel: 'warning',
} satisfies BuildOptions;

await rm(target, { recursive: true, force: true });
const inNode = await build({
  ...common,
  entryPoints: [
    { in: 'extension/main.ts', out: 'extension' },
    ...PARTS.map((path) => ({ in: path, out: nameOf(path) })),
    { in: 'extension/gate/ruff-thread.ts', out: 'ruff-thread' },
  ],
  plugins: [apart],
  platform: 'node',
  // The Node of the oldest VS Code that the manifest allows.
  target: 'node22',
});
const browsers = {
  ...common,
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

function nameOf(path: string): string {
  return basename(path, '.ts');
}
