// What Cloudflare does with a Worker that was uploaded: it runs it, with the bindings that the upload names.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import type { Binding, Version } from './account.ts';

export class Platform {
  readonly #stateDirectory: string;
  #miniflare: Miniflare | undefined;
  #url: string | undefined;

  private constructor(stateDirectory: string) {
    this.#stateDirectory = stateDirectory;
  }

  static async create(): Promise<Platform> {
    return new Platform(await mkdtemp(join(tmpdir(), 'pybin-platform-')));
  }

  /** Where the live version answers. The same for all versions. */
  get url(): string {
    if (this.#url === undefined) throw new Error('nothing runs yet');
    return this.#url;
  }

  /** Runs a version in the place of the one before. What that one stored stays. */
  async run(version: Version): Promise<void> {
    const options = convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: this.#url === undefined ? 0 : Number(new URL(this.#url).port),
      resourcePersistencePath: this.#stateDirectory,
      workers: [
        {
          name: 'uploaded',
          modules: version.modules.map(({ name, text }) => ({
            type: 'ESModule' as const,
            path: name,
            contents: text,
          })),
          compatibilityDate: version.metadata.compatibility_date,
          compatibilityFlags: [...(version.metadata.compatibility_flags ?? [])],
          ...bindingOptions(version.bindings),
        },
      ],
    });
    if (this.#miniflare) await this.#miniflare.setOptions(options);
    else this.#miniflare = new Miniflare(options);
    this.#url = `http://127.0.0.1:${(await this.#miniflare.ready).port}`;
  }

  async close(): Promise<void> {
    await this.#miniflare?.dispose();
    await rm(this.#stateDirectory, { recursive: true, force: true });
  }
}

interface Rate {
  readonly limit: number;
  readonly period: 10 | 60;
}

/** Bindings as Miniflare takes them. @throws on one of a kind that nothing here runs */
function bindingOptions(bindings: readonly Binding[]) {
  const texts: Record<string, string> = {};
  const durableObjects: Record<string, { className: string; useSQLite: boolean }> = {};
  const r2Buckets: Record<string, string> = {};
  const ratelimits: Record<string, { namespace_id: string; simple: Rate }> = {};
  for (const binding of bindings)
    switch (binding.type) {
      case 'plain_text':
      case 'secret_text':
        texts[binding.name] = String(binding['text']);
        break;
      case 'durable_object_namespace':
        durableObjects[binding.name] = { className: String(binding['class_name']), useSQLite: true };
        break;
      case 'r2_bucket':
        r2Buckets[binding.name] = String(binding['bucket_name']);
        break;
      case 'ratelimit':
        ratelimits[binding.name] = {
          namespace_id: String(binding['namespace_id']),
          simple: rateOf(binding['simple']),
        };
        break;
      default:
        throw new Error(`the platform runs no binding of the type ${binding.type}`);
    }
  return { bindings: texts, durableObjects, r2Buckets, ratelimits };
}

function rateOf(simple: unknown): Rate {
  if (typeof simple !== 'object' || simple === null) throw new Error('a rate limit has no limit');
  const { limit, period } = { limit: undefined, period: undefined, ...simple };
  return { limit: Number(limit), period: Number(period) === 10 ? 10 : 60 };
}
