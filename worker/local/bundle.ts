// Bundles the Worker for Miniflare, the way wrangler bundles it for the platform: one ES module.

import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const projectDirectory = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles worker/index.ts and gives the path of the module. */
export async function bundleWorker(): Promise<string> {
  const outfile = `${projectDirectory}dist/worker/index.js`;
  await build({
    entryPoints: [`${projectDirectory}worker/index.ts`],
    outfile,
    bundle: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*', 'cloudflare:*'],
    sourcemap: 'linked',
    logLevel: 'warning',
  });
  return outfile;
}
