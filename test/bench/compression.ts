// What each way of storing a text takes, in time and bytes, on real Python in the edge's own runtime.

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { Client } from 'undici';
import type { Packing } from './compression-worker.ts';
import { corpusBytes, realPython } from './python.ts';
import { requireAnswer } from './requests.ts';
import { full } from './settings.ts';
import { medianOf } from './statistics.ts';

const KB = 1024;

/** Each size with how many samples of it, and how often each is packed in a row: the runtime's clock tells whole ms. */
const sizes = [
  { sizeBytes: 2 * KB, samples: 8, times: full(500, 20) },
  { sizeBytes: 8 * KB, samples: 8, times: full(150, 10) },
  { sizeBytes: 32 * KB, samples: 8, times: full(40, 5) },
  { sizeBytes: 256 * KB, samples: 5, times: full(5, 1) },
  { sizeBytes: 2 * KB * KB, samples: 1, times: full(3, 1) },
  { sizeBytes: 10 * KB * KB, samples: 1, times: 1 },
] as const;
const ROUNDS = full(5, 1);

export interface CompressionFigures extends Packing {
  readonly sizeBytes: number;
}

/** Durations are medians, sizes means over the samples. */
export async function measureCompression(): Promise<CompressionFigures[]> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: await bundle(),
      compatibilityDate: '2026-10-20',
      compatibilityFlags: ['nodejs_compat'],
      host: '127.0.0.1',
      port: 0,
    }),
  );
  const client = new Client((await miniflare.ready).origin);
  try {
    const figures: CompressionFigures[] = [];
    for (const { sizeBytes, samples, times } of sizes) {
      const packings: Packing[] = [];
      for (let round = -1; round < ROUNDS; round++) {
        const packed = await packSamples(client, { sizeBytes, samples, times });
        // The first round is for the runtime to warm up.
        if (round >= 0) packings.push(...packed);
      }
      figures.push(...summarize(packings).map((packing) => ({ ...packing, sizeBytes })));
    }
    return figures;
  } finally {
    await client.destroy();
    await miniflare.dispose();
  }
}

async function packSamples(
  client: Client,
  { sizeBytes, samples, times }: { sizeBytes: number; samples: number; times: number },
): Promise<Packing[]> {
  const distance = Math.floor((await corpusBytes()) / samples);
  const packings: Packing[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const body = await realPython(sizeBytes, sample * distance);
    const answer = await requireAnswer(client, { method: 'POST', path: `/?times=${times}`, body }, 200);
    packings.push(...parsePackings(answer.body.toString()));
  }
  return packings;
}

function summarize(packings: readonly Packing[]): Packing[] {
  const byCodec = Map.groupBy(packings, ({ codec }) => codec);
  return [...byCodec].map(([codec, ofCodec]) => ({
    codec,
    fault: ofCodec.find(({ fault }) => fault !== '')?.fault ?? '',
    packMs: medianOf(ofCodec.map(({ packMs }) => packMs)),
    unpackMs: medianOf(ofCodec.map(({ unpackMs }) => unpackMs)),
    storedBytes: ofCodec.reduce((sum, { storedBytes }) => sum + storedBytes, 0) / ofCodec.length,
  }));
}

function parsePackings(json: string): Packing[] {
  const answer: unknown = JSON.parse(json);
  if (Array.isArray(answer) && answer.every(isPacking)) return answer;
  throw new Error(`the Worker tells no packings: ${json}`);
}

function isPacking(value: unknown): value is Packing {
  return typeof value === 'object' && value !== null && 'codec' in value && 'packMs' in value;
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./compression-worker.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    target: 'es2024',
    external: ['node:*'],
    write: false,
  });
  const [script] = outputFiles;
  if (!script) throw new Error('nothing was bundled');
  return script.text;
}
