// Plays a person's year through the Worker in its own runtime and tells what the month after it took.

import { build } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import type { PersonMonth } from './counts.ts';

const projectDirectory = join(import.meta.dirname, '..', '..');

const DAY_MS = 24 * 60 * 60 * 1000;

/** @param daysBefore how many days of the same lie before the month: a year has all that a year ends */
export async function measurePersonMonth(daysBefore: number): Promise<PersonMonth> {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'pybin-cost-'));
  const miniflare = await startMetered(stateDirectory);
  try {
    // A day ahead, so that no alarm rings by itself.
    const startMs = Math.ceil(Date.now() / DAY_MS + 1) * DAY_MS;
    const response = await miniflare.dispatchFetch(`http://localhost/?now=${startMs}&days=${daysBefore}`);
    if (!response.ok) throw new Error(await response.text());
    const month: PersonMonth = JSON.parse(await response.text());
    return month;
  } finally {
    await miniflare.dispose();
    await rm(stateDirectory, { recursive: true, force: true });
  }
}

/** The metered Worker twice, so that what objects do is counted apart: a front, and the objects it reaches. */
async function startMetered(stateDirectory: string): Promise<Miniflare> {
  const { durableObjects, bindings, ...rest } = await readWorkerOptions();
  const objects = objectBindings(durableObjects);
  const worker = {
    ...rest,
    modules: true,
    script: await bundle(),
    bindings: {
      ...(typeof bindings === 'object' ? bindings : {}),
      LOCAL_SIGN_IN: 'on',
      INSTANCE_SECRETS: 'for measuring alone',
    },
  };
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      resourcePersistencePath: stateDirectory,
      workers: [
        {
          ...worker,
          name: 'front',
          durableObjects: Object.fromEntries(
            objects.map(([name, object]) => [name, { ...object, scriptName: 'objects' }]),
          ),
          serviceBindings: { OBJECTS: 'objects' },
        },
        { ...worker, name: 'objects', durableObjects: Object.fromEntries(objects) },
      ],
    }),
  );
  await miniflare.ready;
  return miniflare;
}

/** Each binding of objects, with the class that it names. */
function objectBindings(
  durableObjects: unknown,
): [name: string, object: { className: string; useSQLite: true }][] {
  if (typeof durableObjects !== 'object' || durableObjects === null) return [];
  return Object.entries<unknown>({ ...durableObjects }).map(([name, object]) => {
    const isNamed = typeof object === 'object' && object !== null && 'className' in object;
    return [name, { className: String(isNamed ? object.className : object), useSQLite: true }];
  });
}

/** What wrangler.toml says, as Miniflare's options. */
async function readWorkerOptions() {
  process.env['WRANGLER_SEND_METRICS'] = 'false';
  process.env['WRANGLER_LOG'] = 'error';
  const { unstable_getMiniflareWorkerOptions: getWorkerOptions } = await import('wrangler');
  const { modulesRules: _rules, ...options } = getWorkerOptions(
    join(projectDirectory, 'wrangler.toml'),
  ).workerOptions;
  return options;
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'metered-worker.ts')],
    bundle: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*', 'cloudflare:*'],
    write: false,
  });
  const [script] = outputFiles;
  if (!script) throw new Error('nothing was bundled');
  return script.text;
}
