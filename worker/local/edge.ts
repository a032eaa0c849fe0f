// The whole edge on one machine: workerd through Miniflare, fed from wrangler.toml, state kept on disk.
// Listens on loopback only.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { bundleWorker } from './bundle.ts';
import { requireInstanceSecrets, requireToken } from './secrets.ts';

export interface EdgeOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Where rows, objects, alarms and the instance's secret are kept. */
  readonly stateDirectory: string;
  /** Whether `POST /sign-in/local` gives keys to whoever asks at this machine. */
  readonly localSignIn: boolean;
  /** False only to measure: as many requests of one user as the machine answers. */
  readonly rateLimit?: boolean;
  /** What an instance may do without (worker/secrets.d.ts): a provider's credentials, and where it is found. */
  readonly vars?: Readonly<Record<string, string>>;
  /** Where the runtime's inspector (the Chrome DevTools protocol) listens; nowhere unless given. */
  readonly inspectorPort?: number;
}

export interface Edge {
  /** Such as `http://localhost:8787`. */
  readonly url: string;
  /** Ends it cleanly; the state stays. */
  close(): Promise<void>;
}

const wranglerToml = fileURLToPath(new URL('../../wrangler.toml', import.meta.url));

/** Starts the edge and resolves when it answers. */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const scriptPath = await bundleWorker();
  const { bindings, rest } = await readWranglerToml();
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: options.port,
      ...(options.inspectorPort !== undefined && { inspectorPort: options.inspectorPort }),
      resourcePersistencePath: join(options.stateDirectory, 'edge'),
      workers: [
        {
          ...rest,
          name: 'pybin',
          modules: true,
          scriptPath,
          bindings: {
            ...bindings,
            ...options.vars,
            LOCAL_SIGN_IN: options.localSignIn ? 'on' : 'off',
            RATE_LIMIT: options.rateLimit === false ? 'off' : 'on',
            INSTANCE_SECRETS: await requireInstanceSecrets(options.stateDirectory),
            METRICS_TOKEN: await requireToken(options.stateDirectory, 'metrics'),
            OPERATOR_TOKEN: await requireToken(options.stateDirectory, 'operator'),
          },
        },
      ],
    }),
  );
  const { port } = await miniflare.ready;
  return { url: `http://localhost:${port}`, close: () => miniflare.dispose() };
}

/** What wrangler.toml says, as Miniflare's options: its vars, and the rest. */
async function readWranglerToml() {
  // Wrangler would otherwise tell its maker of each start, and us of secrets that are given below.
  process.env['WRANGLER_SEND_METRICS'] = 'false';
  process.env['WRANGLER_SEND_ERROR_REPORTS'] = 'false';
  process.env['WRANGLER_LOG'] = 'error';
  const { unstable_getMiniflareWorkerOptions: getWorkerOptions } = await import('wrangler');
  // The bundle is one module, so rules for others have nothing to say; Miniflare refuses them.
  const { modulesRules: _modulesRules, bindings, ...rest } = getWorkerOptions(wranglerToml).workerOptions;
  return { rest, bindings: typeof bindings === 'object' ? bindings : {} };
}
