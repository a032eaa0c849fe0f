// Memory of the isolate while eight pushes of 10 MB come at once. Locally the Worker and all Stacks share one
// isolate; where the platform has them apart, none needs more than this.

import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { type Dispatcher, Pool } from 'undici';
import { limits } from '../../shared/limits.ts';
import { Isolate } from './isolate.ts';
import { type ProcessMemory, runtimeMemory } from './process-memory.ts';
import { realPython } from './python.ts';
import { pushOf, requireAnswer, type User } from './requests.ts';
import { full } from './settings.ts';
import { signInUsers, withEdge } from './temporary-edge.ts';

export const PUSHES = 8;
/** Of a body that comes slowly. */
const PIECE_BYTES = 64 * 1024;
/** As from a phone: 20 Mbit/s. */
const SLOW_PUSH_MS = full(4_000, 1_000);
const SAMPLE_EVERY_MS = 2;
/** When garbage is collected is up to chance: the highest of several waves of pushes counts. */
const WAVES = full(3, 1);

interface Case {
  readonly text: 'Python' | 'random base64';
  readonly arrival: 'at once' | 'slowly' | 'slowly, length unknown';
}

const cases: readonly Case[] = [
  { text: 'Python', arrival: 'at once' },
  { text: 'Python', arrival: 'slowly' },
  { text: 'Python', arrival: 'slowly, length unknown' },
  { text: 'random base64', arrival: 'at once' },
  { text: 'random base64', arrival: 'slowly' },
  { text: 'random base64', arrival: 'slowly, length unknown' },
];

export interface MemoryFigures extends Case {
  /** The isolate before the pushes. */
  readonly idleBytes: number;
  /** The most that it was seen to have taken during them, garbage included. */
  readonly peak: Peak;
  /** The most that it was seen to need: the same again, garbage collected before each look. */
  readonly heldPeak: Peak;
  /** What it keeps after them. */
  readonly keptBytes: number;
  /** The whole process before and after; undefined where the system doesn't tell. */
  readonly before: ProcessMemory | undefined;
  readonly after: ProcessMemory | undefined;
}

interface Peak {
  readonly bytes: number;
  readonly samples: number;
}

/** Each case in a runtime of its own. @throws where a push isn't answered well */
export async function measureMemory(): Promise<MemoryFigures[]> {
  const figures: MemoryFigures[] = [];
  for (const each of cases) {
    const inspectorPort = await freePort();
    figures.push(
      await withEdge({ rateLimit: true, inspectorPort }, async (url) => {
        using isolate = await Isolate.connect(inspectorPort);
        return await measureCase(each, url, isolate);
      }),
    );
  }
  return figures;
}

async function measureCase(each: Case, url: string, isolate: Isolate): Promise<MemoryFigures> {
  const users = await signInUsers(url, 'memory', PUSHES);
  const text = await textOf(each.text);
  const pool = new Pool(url);
  try {
    // Whoever pushes for the first time also gets tables: not what is measured.
    for (const user of users) await requireAnswer(pool, pushOf(user, text.subarray(0, 1)), 201);
    const idleBytes = await isolate.heldBytes();
    const before = await runtimeMemory();
    const pushAll = async () =>
      Promise.all(
        users.map(async (user) => requireAnswer(pool, pushAsItComes(user, text, each.arrival), 201)),
      );
    const peaks: Peak[] = [];
    for (let wave = 0; wave < WAVES; wave++)
      peaks.push(await peakDuring(pushAll(), () => isolate.usedBytes()));
    const after = await runtimeMemory();
    const heldPeak = await peakDuring(pushAll(), () => isolate.heldBytes());
    return {
      ...each,
      idleBytes,
      peak: highest(peaks),
      heldPeak,
      keptBytes: await isolate.heldBytes(),
      before,
      after,
    };
  } finally {
    await pool.destroy();
  }
}

/** Looks at the isolate's memory again and again until some work is done. */
async function peakDuring(work: Promise<unknown>, look: () => Promise<number>): Promise<Peak> {
  const done = new AbortController();
  const end = () => done.abort();
  void work.then(end, end);
  let bytes = 0;
  let samples = 0;
  while (!done.signal.aborted) {
    bytes = Math.max(bytes, await look());
    samples++;
    await setTimeout(SAMPLE_EVERY_MS);
  }
  await work;
  return { bytes, samples };
}

function highest(peaks: readonly Peak[]): Peak {
  return {
    bytes: Math.max(...peaks.map(({ bytes }) => bytes)),
    samples: peaks.reduce((sum, { samples }) => sum + samples, 0),
  };
}

function textOf(text: Case['text']): Promise<Buffer> | Buffer {
  switch (text) {
    case 'Python':
      return realPython(limits.textBytes);
    case 'random base64':
      return Buffer.from(randomBytes(limits.textBytes).toString('base64')).subarray(0, limits.textBytes);
    default:
      return text satisfies never;
  }
}

function pushAsItComes(user: User, text: Buffer, arrival: Case['arrival']): Dispatcher.RequestOptions {
  switch (arrival) {
    case 'at once':
      return pushOf(user, text);
    case 'slowly':
      return pushOf(user, Readable.from(inPieces(text)), { 'content-length': String(text.length) });
    case 'slowly, length unknown':
      return pushOf(user, Readable.from(inPieces(text)));
    default:
      return arrival satisfies never;
  }
}

async function* inPieces(text: Buffer): AsyncGenerator<Buffer> {
  const pauseMs = (SLOW_PUSH_MS * PIECE_BYTES) / text.length;
  for (let start = 0; start < text.length; start += PIECE_BYTES) {
    await setTimeout(pauseMs);
    yield text.subarray(start, start + PIECE_BYTES);
  }
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  if (typeof address === 'object' && address) return address.port;
  throw new Error('no port is free');
}
