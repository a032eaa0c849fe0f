// An account at Cloudflare as its API's documentation describes it: buckets, their rules, Workers with their
// versions and secrets. Pure state; a call that would be refused there throws here.

/** What the API answers where it refuses. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** A binding as a Worker's upload names it. */
export interface Binding {
  readonly name: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A file of an upload. */
export interface Module {
  readonly name: string;
  readonly text: string;
}

/** What of an upload's metadata says how it runs. */
export interface Metadata {
  readonly main_module: string;
  readonly bindings: readonly Binding[];
  readonly compatibility_date: string;
  readonly compatibility_flags?: readonly string[];
  readonly keep_bindings?: readonly string[];
  readonly migrations?: {
    readonly new_tag: string;
    readonly steps: readonly { readonly new_sqlite_classes?: readonly string[] }[];
  };
}

/** A version of a Worker, as it runs: nothing in it is inherited any more. */
export interface Version {
  readonly id: string;
  readonly metadata: Metadata;
  readonly bindings: readonly Binding[];
  readonly modules: readonly Module[];
}

interface Worker {
  readonly versions: Version[];
  live: Version | undefined;
  migrationTag: string | undefined;
  isAtSubdomain: boolean;
}

const noWorker = () => new Refusal(404, 10007, 'This Worker does not exist on your account.');

export class Account {
  readonly #rules = new Map<string, readonly unknown[]>();
  readonly #workers = new Map<string, Worker>();
  /** At workers.dev. */
  readonly subdomain: string;

  constructor(subdomain: string) {
    this.subdomain = subdomain;
  }

  createBucket(name: string): void {
    if (this.#rules.has(name))
      throw new Refusal(409, 10004, 'The bucket you tried to create already exists, and you own it.');
    this.#rules.set(name, []);
  }

  requireRules(bucket: string): readonly unknown[] {
    const rules = this.#rules.get(bucket);
    if (rules) return rules;
    throw new Refusal(404, 10006, 'The specified bucket does not exist.');
  }

  setRules(bucket: string, rules: readonly unknown[]): void {
    this.requireRules(bucket);
    this.#rules.set(bucket, rules);
  }

  requireWorker(name: string): Worker {
    const worker = this.#workers.get(name);
    if (worker) return worker;
    throw noWorker();
  }

  secretsOf(name: string): Binding[] {
    return this.requireWorker(name).live?.bindings.filter(({ type }) => type === 'secret_text') ?? [];
  }

  /** Adds a version, and the Worker where it is the first. */
  upload(name: string, metadata: Metadata, modules: readonly Module[]): Version {
    const worker = this.#workers.get(name) ?? {
      versions: [],
      live: undefined,
      migrationTag: undefined,
      isAtSubdomain: false,
    };
    const bindings = resolveBindings(metadata, worker.live?.bindings ?? []);
    this.#requireBuckets(bindings);
    const classes = bindings.filter(({ type }) => type === 'durable_object_namespace');
    if (classes.length > 0 && !worker.migrationTag && !metadata.migrations)
      throw new Refusal(400, 10061, 'Cannot create binding for a class that no migration creates.');
    if (metadata.migrations) worker.migrationTag = metadata.migrations.new_tag;
    const version = { id: crypto.randomUUID(), metadata, bindings, modules };
    worker.versions.push(version);
    this.#workers.set(name, worker);
    return version;
  }

  /** Sends all requests to a version. */
  makeLive(name: string, versionId: string): Version {
    const worker = this.requireWorker(name);
    const version = worker.versions.find(({ id }) => id === versionId);
    if (!version) throw new Refusal(404, 10201, 'This version does not exist.');
    worker.live = version;
    return version;
  }

  #requireBuckets(bindings: readonly Binding[]): void {
    for (const { type, bucket_name: bucket } of bindings)
      if (type === 'r2_bucket' && !this.#rules.has(String(bucket)))
        throw new Refusal(400, 10085, `R2 bucket '${String(bucket)}' not found.`);
  }
}

/** An upload's bindings, with what it inherits or keeps from the version before. */
function resolveBindings(metadata: Metadata, before: readonly Binding[]): Binding[] {
  const named = metadata.bindings.map((binding) => {
    if (binding.type !== 'inherit') return binding;
    const inherited = before.find(({ name }) => name === binding.name);
    if (inherited) return inherited;
    throw new Refusal(400, 10057, `inherit binding '${binding.name}' is invalid`);
  });
  const names = new Set(named.map(({ name }) => name));
  const kept = before.filter(({ name, type }) => !names.has(name) && metadata.keep_bindings?.includes(type));
  return [...named, ...kept];
}
