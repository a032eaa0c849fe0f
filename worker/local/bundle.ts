// Bundles the Worker for Miniflare, the way wrangler bundles it for the platform: one ES module.

import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const projectDirectory = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles worker/index.ts and gives the path of the module. Any number of processes may do so at once. */
export async function bundleWorker(): Promise<string> {
  const outfile = `${projectDirectory}dist/worker/index.js`;
  const { outputFiles } = await build({
    entryPoints: [`${projectDirectory}worker/index.ts`],
    outfile,
    bundle: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*', 'cloudflare:*'],
    sourcemap: 'linked',
    logLevel: 'warning',
    write: false,
  });
  await mkdir(dirname(outfile), { recursive: true });
  for (const { path, contents } of outputFiles) await writeWhole(path, contents);
  return outfile;
}

/** Another edge that starts meanwhile reads the old file or the new one, never half of one. */
async function writeWhole(path: string, contents: Uint8Array): Promise<void> {
  const written = `${path}.${crypto.randomUUID()}`;
  await writeFile(written, contents);
  await rename(written, path);
}
