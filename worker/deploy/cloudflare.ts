// Cloudflare as a deploy needs it, asked through wrangler's command line. Answers are read from what wrangler
// writes for programs (its output file, --json), not from what it prints for people.

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { adviceOn, DeployError, NO_SUCH_BUCKET, type WranglerFailure } from './failures.ts';
import type { Given } from './secrets.ts';
import type { Environment } from './settings.ts';

const projectDirectory = join(import.meta.dirname, '..', '..');
const wranglerScript = join(projectDirectory, 'node_modules', 'wrangler', 'bin', 'wrangler.js');

const OWNER_ONLY = 0o600;

/** What was deployed. */
export interface Deployed {
  /** Where it is reached, as Cloudflare says; undefined where it has no address. */
  readonly url: string | undefined;
  readonly versionId: string;
}

interface Answer {
  readonly failure: WranglerFailure | undefined;
  readonly printed: string;
  /** What wrangler wrote for programs. */
  readonly records: readonly Readonly<Record<string, unknown>>[];
}

/** Each call takes a second or two. All of them throw a {@link DeployError} where Cloudflare refuses. */
export class Cloudflare {
  readonly #environment: Environment;

  /** @param environment with the token, as wrangler reads it; it stands over this process’s own */
  constructor(environment: Environment) {
    this.#environment = environment;
  }

  async hasBucket(bucket: string): Promise<boolean> {
    // Of all commands that ask for a bucket this needs the fewest permissions: others read its figures, too.
    const { failure } = await this.#wrangler(['r2', 'bucket', 'lifecycle', 'list', bucket]);
    if (failure?.code === NO_SUCH_BUCKET) return false;
    if (failure) throw new DeployError(adviceOn(failure));
    return true;
  }

  async createBucket(bucket: string): Promise<void> {
    await this.#require(['r2', 'bucket', 'create', bucket]);
  }

  /** Replaces all of the bucket's rules by those of the file. */
  async setLifecycle(bucket: string, file: string): Promise<void> {
    await this.#require(['r2', 'bucket', 'lifecycle', 'set', bucket, '--file', file, '--force']);
  }

  /** Names of the secrets that the Worker has; none where there is no Worker. */
  async listSecrets(worker: string): Promise<string[]> {
    const { failure, printed } = await this.#wrangler([
      'secret',
      'list',
      '--name',
      worker,
      '--format',
      'json',
    ]);
    // Wrangler tells no code here.
    if (failure?.message.startsWith(`Worker "${worker}" not found`)) return [];
    if (failure) throw new DeployError(adviceOn(failure));
    const secrets: unknown = JSON.parse(printed);
    return Array.isArray(secrets) ? secrets.flatMap(nameOf) : [];
  }

  /** Uploads the Worker together with secrets, and sends all requests to it. Its other secrets stay. */
  async deploy(commit: string, secrets: readonly Given[]): Promise<Deployed> {
    return withTemporaryDirectory(async (directory) => {
      const args = ['deploy', '--var', `COMMIT:${commit}`];
      if (secrets.length > 0) {
        const file = join(directory, 'secrets.json');
        const content = Object.fromEntries(secrets.map(({ name, value }) => [name, value]));
        await writeFile(file, JSON.stringify(content), { mode: OWNER_ONLY });
        args.push('--secrets-file', file);
      }
      return deployedOf((await this.#require(args)).records);
    });
  }

  async #require(args: readonly string[]): Promise<Answer> {
    const answer = await this.#wrangler(args);
    if (answer.failure) throw new DeployError(adviceOn(answer.failure));
    return answer;
  }

  async #wrangler(args: readonly string[]): Promise<Answer> {
    return withTemporaryDirectory(async (directory) => {
      const outputFile = join(directory, 'output.ndjson');
      const child = spawn(process.execPath, [wranglerScript, ...args], {
        cwd: projectDirectory,
        // Without a terminal wrangler asks nothing.
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          ...this.#environment,
          WRANGLER_OUTPUT_FILE_PATH: outputFile,
          WRANGLER_SEND_METRICS: 'false',
          WRANGLER_SEND_ERROR_REPORTS: 'false',
          WRANGLER_HIDE_BANNER: 'true',
          // Less, and it wouldn’t print what is asked for either.
          WRANGLER_LOG: 'log',
          // Its log files would keep what was sent.
          WRANGLER_WRITE_LOGS: 'false',
        },
      });
      const ended = new Promise<number | null>((resolve, reject) => {
        child.once('error', reject);
        child.once('close', resolve);
      });
      const [exitCode, printed, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
      const records = parseRecords(await readFile(outputFile, 'utf8').catch(() => ''));
      if (exitCode === 0) return { failure: undefined, printed, records };
      const failed = records.findLast(({ type }) => type === 'command-failed');
      return { failure: failureOf(args, failed, errors), printed, records };
    });
  }
}

function failureOf(
  args: readonly string[],
  record: Readonly<Record<string, unknown>> | undefined,
  printed: string,
): WranglerFailure {
  const { code, message } = record ?? {};
  return {
    command: args.filter((arg) => /^[a-z0-9]+$/.test(arg)).join(' '),
    code: typeof code === 'number' ? code : undefined,
    message: typeof message === 'string' ? message : 'wrangler ended without a word',
    printed,
  };
}

function parseRecords(lines: string): Readonly<Record<string, unknown>>[] {
  return lines
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => {
      const record: unknown = JSON.parse(line);
      return isRecord(record) ? [record] : [];
    });
}

function deployedOf(records: Answer['records']): Deployed {
  const { targets, version_id: versionId } = records.findLast(({ type }) => type === 'deploy') ?? {};
  return {
    url: getAddress(Array.isArray(targets) ? targets.map(String) : []),
    versionId: typeof versionId === 'string' ? versionId : 'unknown',
  };
}

/** The first address among what a Worker was deployed to: beside addresses those are routes, schedules and queues. */
export function getAddress(targets: readonly string[]): string | undefined {
  const hosts = targets.map(
    (target) => /^(?:https:\/\/)?((?:[a-z0-9-]+\.)+[a-z0-9-]+)(?: \(.*\))?$/.exec(target)?.[1],
  );
  const host = hosts.find((one) => one !== undefined);
  return host === undefined ? undefined : `https://${host}`;
}

function nameOf(secret: unknown): string[] {
  return isRecord(secret) && typeof secret['name'] === 'string' ? [secret['name']] : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** A directory that only this user can read, for as long as `use` takes. */
async function withTemporaryDirectory<Value>(use: (directory: string) => Promise<Value>): Promise<Value> {
  const directory = await mkdtemp(join(tmpdir(), 'pybin-deploy-'));
  try {
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
