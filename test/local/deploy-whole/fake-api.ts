// Cloudflare's API on loopback: what wrangler calls for a deploy, answered as its documentation says
// (developers.cloudflare.com/api), and kept in an account. Whatever else is called is refused and noted, so that
// nothing passes by accident.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Account, type Metadata, Refusal } from './account.ts';
import { Platform } from './platform.ts';

const ACCOUNT_ID = 'a'.repeat(32);
export const TOKEN = 'a-token-that-may-deploy';

const BASE_PATH = `/client/v4/accounts/${ACCOUNT_ID}`;

/** A call that was made: its method and its path below the account, and what of its body matters. */
export type Call = readonly [line: string, body?: unknown];

/** What is answered in the place of the API's own answer. */
export interface Fault {
  readonly status: number;
  /** Of an error as JSON; undefined: no JSON at all, as a broken proxy answers. */
  readonly code?: number;
  readonly message: string;
}

interface Asked {
  readonly account: Account;
  readonly platform: Platform;
  readonly params: readonly string[];
  readonly request: IncomingMessage;
  readonly body: Buffer;
}

interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** What of the body is noted. */
  readonly note?: (asked: Asked) => Promise<unknown>;
  readonly answer: (asked: Asked) => unknown;
}

const json = async ({ body }: Asked): Promise<unknown> => JSON.parse(body.toString());

const routes: readonly Route[] = [
  {
    method: 'POST',
    path: /^\/r2\/buckets$/,
    note: json,
    answer: ({ account, body }) => {
      const name = String(fieldOf(JSON.parse(body.toString()), 'name'));
      account.createBucket(name);
      return bucketOf(name);
    },
  },
  {
    method: 'GET',
    path: /^\/r2\/buckets\/([^/]+)$/,
    answer: ({ account, params: [name = ''] }) => {
      account.requireRules(name);
      return bucketOf(name);
    },
  },
  {
    method: 'GET',
    path: /^\/r2\/buckets\/([^/]+)\/lifecycle$/,
    answer: ({ account, params: [bucket = ''] }) => ({ rules: account.requireRules(bucket) }),
  },
  {
    method: 'PUT',
    path: /^\/r2\/buckets\/([^/]+)\/lifecycle$/,
    note: json,
    answer: ({ account, params: [bucket = ''], body }) => {
      const rules = fieldOf(JSON.parse(body.toString()), 'rules');
      account.setRules(bucket, Array.isArray(rules) ? rules : []);
      return {};
    },
  },
  {
    method: 'GET',
    path: /^\/workers\/scripts\/([^/]+)\/secrets$/,
    answer: ({ account, params: [worker = ''] }) =>
      account.secretsOf(worker).map(({ name, type }) => ({ name, type })),
  },
  {
    method: 'GET',
    path: /^\/workers\/services\/([^/]+)$/,
    answer: ({ account, params: [worker = ''] }) => serviceOf(account, worker),
  },
  {
    method: 'GET',
    path: /^\/workers\/scripts\/([^/]+)\/settings$/,
    answer: ({ account, params: [worker = ''] }) => ({
      bindings: account
        .requireWorker(worker)
        .live?.bindings.map((binding) => ({ ...binding, text: undefined })),
    }),
  },
  {
    method: 'PUT',
    path: /^\/workers\/scripts\/([^/]+)$/,
    note: noteUpload,
    answer: async (asked) => {
      const { account, platform, params } = asked;
      const [worker = ''] = params;
      const { metadata, modules } = await readUpload(asked);
      const { id } = account.upload(worker, metadata, modules);
      await platform.run(account.makeLive(worker, id));
      return { id: worker, tag: 'tag', etag: id, deployment_id: id.replaceAll('-', ''), startup_time_ms: 10 };
    },
  },
  {
    method: 'POST',
    path: /^\/workers\/scripts\/([^/]+)\/versions$/,
    note: noteUpload,
    answer: async (asked) => {
      const { metadata, modules } = await readUpload(asked);
      const { id } = asked.account.upload(asked.params[0] ?? '', metadata, modules);
      return {
        id,
        startup_time_ms: 10,
        metadata: { has_preview: false },
        resources: { script: { etag: id } },
      };
    },
  },
  {
    method: 'GET',
    path: /^\/workers\/scripts\/([^/]+)\/deployments$/,
    answer: ({ account, params: [worker = ''] }) => {
      const { live } = account.requireWorker(worker);
      const versions = live ? [{ version_id: live.id, percentage: 100 }] : [];
      return {
        deployments: [{ id: 'deployment', source: 'wrangler', created_on: '2026-01-01T00:00:00Z', versions }],
      };
    },
  },
  {
    method: 'POST',
    path: /^\/workers\/scripts\/([^/]+)\/deployments$/,
    note: async (asked) => withoutVersionIds(await json(asked)),
    answer: async ({ account, platform, params: [worker = ''], body }) => {
      const [first] = versionsOf(JSON.parse(body.toString()));
      await platform.run(account.makeLive(worker, String(fieldOf(first, 'version_id'))));
      return { id: 'deployment' };
    },
  },
  {
    method: 'PATCH',
    path: /^\/workers\/scripts\/([^/]+)\/script-settings$/,
    note: json,
    answer: ({ account, params: [worker = ''] }) => {
      account.requireWorker(worker);
      return {};
    },
  },
  {
    method: 'PUT',
    path: /^\/workers\/scripts\/([^/]+)\/schedules$/,
    note: json,
    answer: ({ account, params: [worker = ''], body }) => {
      account.requireWorker(worker);
      return { schedules: JSON.parse(body.toString()) };
    },
  },
  {
    method: 'GET',
    path: /^\/workers\/subdomain$/,
    answer: ({ account }) => ({ subdomain: account.subdomain }),
  },
  {
    method: 'GET',
    path: /^\/workers\/workers\/([^/]+)$/,
    answer: ({ account, params: [worker = ''] }) => ({
      id: worker,
      name: worker,
      subdomain: subdomainOf(account, worker),
    }),
  },
  {
    method: 'POST',
    path: /^\/workers\/scripts\/([^/]+)\/subdomain$/,
    note: json,
    answer: ({ account, params: [worker = ''], body }) => {
      account.requireWorker(worker).isAtSubdomain = fieldOf(JSON.parse(body.toString()), 'enabled') === true;
      return subdomainOf(account, worker);
    },
  },
];

export class FakeApi {
  /** What was called and answered, in its order. */
  readonly calls: Call[] = [];
  /** What was called and isn't known here. */
  readonly unknownCalls: string[] = [];
  readonly account: Account;
  readonly platform: Platform;
  readonly #server: Server;
  readonly #faults = new Map<string, Fault>();

  private constructor(account: Account, platform: Platform) {
    this.account = account;
    this.platform = platform;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  /** Starts the API of an account whose subdomain at workers.dev is `example`. */
  static async start(): Promise<FakeApi> {
    const api = new FakeApi(new Account('example'), await Platform.create());
    await new Promise<void>((resolve) => {
      api.#server.listen(0, '127.0.0.1', resolve);
    });
    return api;
  }

  /** What points wrangler here. */
  get environment(): Readonly<Record<string, string>> {
    return {
      CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${portOf(this.#server)}/client/v4`,
      CLOUDFLARE_API_TOKEN: TOKEN,
      CLOUDFLARE_ACCOUNT_ID: ACCOUNT_ID,
    };
  }

  /** From now on a call fails; without a fault, it works again. @param line such as `GET /workers/subdomain` */
  failAt(line: string, fault: Fault | undefined): void {
    if (fault) this.#faults.set(line, fault);
    else this.#faults.delete(line);
  }

  /** The calls since the last time, and forgets them. */
  takeCalls(): Call[] {
    return this.calls.splice(0);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await this.platform.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, type, text } = await this.#answer(request);
    response.writeHead(status, { 'content-type': type });
    response.end(text);
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; type: string; text: string }> {
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    const line = `${request.method} ${pathname.replace(BASE_PATH, '')}`;
    const fault = this.#faults.get(line);
    if (fault && fault.code === undefined)
      return { status: fault.status, type: 'text/html', text: `<h1>${fault.message}</h1>` };
    try {
      if (fault) throw new Refusal(fault.status, fault.code ?? 0, fault.message);
      return toJson(200, {
        success: true,
        errors: [],
        messages: [],
        result: await this.#route(request, line),
      });
    } catch (error) {
      if (!(error instanceof Refusal)) this.unknownCalls.push(`${line}: ${String(error)}`);
      const { status, code, message } = error instanceof Refusal ? error : new Refusal(500, 1, String(error));
      return toJson(status, { success: false, errors: [{ code, message }], messages: [], result: null });
    }
  }

  async #route(request: IncomingMessage, line: string): Promise<unknown> {
    const body = await buffer(request);
    if (request.headers.authorization !== `Bearer ${TOKEN}`)
      throw new Refusal(403, 9109, 'Invalid access token');
    const [method, path = ''] = line.split(' ');
    const route = routes.find((one) => one.method === method && one.path.test(path));
    if (!route) throw new Error('not known here');
    const params = (route.path.exec(path) ?? []).slice(1);
    const asked = { account: this.account, platform: this.platform, params, request, body };
    this.calls.push(route.note ? [line, await route.note(asked)] : [line]);
    return route.answer(asked);
  }
}

/** How a Worker's upload arrives: a form with its metadata, and a file for each module. */
async function readUpload({ request, body }: Asked) {
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(new Uint8Array(body), { headers }).formData();
  const metadataText = form.get('metadata');
  if (typeof metadataText !== 'string') throw new Error('an upload without metadata');
  const metadata: Metadata = JSON.parse(metadataText);
  const files = [...form.values()].filter((value) => value instanceof File);
  // Source maps come as files, too.
  const scripts = files.filter(({ type }) => type === 'application/javascript+module');
  const modules = await Promise.all(
    scripts.map(async (file) => ({ name: file.name, text: await file.text() })),
  );
  return { metadata, modules };
}

/** An upload as far as it says what is deployed: secrets by their names alone. */
async function noteUpload(asked: Asked): Promise<unknown> {
  const { metadata, modules } = await readUpload(asked);
  const { bindings, migrations, keep_bindings: kept } = metadata;
  const names = (type: string) => bindings.filter((binding) => binding.type === type).map(({ name }) => name);
  return {
    modules: modules.map(({ name }) => name),
    texts: Object.fromEntries(
      bindings.filter(({ type }) => type === 'plain_text').map(({ name, text }) => [name, text]),
    ),
    secrets: names('secret_text'),
    inherited: names('inherit'),
    keeps: kept,
    migration: migrations?.new_tag,
  };
}

function serviceOf(account: Account, worker: string) {
  try {
    const { migrationTag, live } = account.requireWorker(worker);
    const script = {
      id: worker,
      tag: 'tag',
      tags: null,
      etag: live?.id,
      migration_tag: migrationTag,
      last_deployed_from: 'wrangler',
      handlers: ['fetch'],
    };
    return { id: worker, default_environment: { environment: 'production', script } };
  } catch {
    throw new Refusal(404, 10090, 'workers.api.error.service_not_found');
  }
}

function bucketOf(name: string) {
  return { name, creation_date: '2026-01-01T00:00:00Z', location: 'WEUR', storage_class: 'Standard' };
}

function subdomainOf(account: Account, worker: string) {
  return { enabled: account.requireWorker(worker).isAtSubdomain, previews_enabled: false };
}

function versionsOf(deployment: unknown): unknown[] {
  const versions = fieldOf(deployment, 'versions');
  return Array.isArray(versions) ? versions : [];
}

function withoutVersionIds(deployment: unknown) {
  return {
    versions: versionsOf(deployment).map((version) => ({ percentage: fieldOf(version, 'percentage') })),
  };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function toJson(status: number, content: unknown) {
  return { status, type: 'application/json', text: JSON.stringify(content) };
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (typeof address === 'object' && address) return address.port;
  throw new Error('the server listens nowhere');
}
