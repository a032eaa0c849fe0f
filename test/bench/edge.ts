// Speed of the edge on this machine, as ratios to a constant response of the bare runtime in the same run.
// The scenarios are interleaved in short turns, so that the machine's moods touch all of them alike.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { Client, type Dispatcher } from 'undici';
import { limits } from '../../shared/limits.ts';
import { startEdge } from '../../worker/local/edge.ts';
import { type Figures, figuresOf } from './statistics.ts';

const ROUNDS = 20;
/** Until each user's stack is full and its log of writes has reached the size that it keeps. */
const WARM_UP_ROUNDS = 15;
const TURN_MS = 300;
/** A turn is spread over them, and ends before anybody meets a rate limit. */
const USERS = 10;

export interface Measured extends Figures {
  readonly scenario: string;
  /** Requests a second, as a part of the constant response's. */
  readonly ratio: number;
}

interface Scenario {
  readonly name: string;
  readonly client: Client;
  /** At least so many a turn, however long they take; at most so many, however short. */
  readonly atLeast: number;
  readonly atMost: number;
  readonly request: (turn: number) => Dispatcher.RequestOptions;
}

interface User {
  readonly userId: string;
  readonly key: string;
}

/** Measures each scenario over one connection. @throws on any answer that isn't a good one */
export async function measureEdge(): Promise<Measured[]> {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'pybin-bench-'));
  const bare = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: "export default { fetch: () => new Response('ok') };",
      compatibilityDate: '2026-10-20',
      host: '127.0.0.1',
      port: 0,
    }),
  );
  const edge = await startEdge({ port: 0, stateDirectory, localSignIn: true });
  const bareClient = new Client((await bare.ready).origin);
  const edgeClient = new Client(edge.url);
  try {
    const scenarios = await prepare(bareClient, edgeClient);
    const durations = scenarios.map((): number[] => []);
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++)
      for (const [index, scenario] of scenarios.entries()) {
        const turn = await takeTurn(scenario);
        if (round >= 0) durations[index]?.push(...turn);
      }
    const figures = durations.map(figuresOf);
    const constant = figures[0]?.perSecond ?? Number.NaN;
    return figures.map((each, index) => ({
      ...each,
      scenario: scenarios[index]?.name ?? '',
      ratio: each.perSecond / constant,
    }));
  } finally {
    await Promise.all([bareClient.destroy(), edgeClient.destroy()]);
    await Promise.all([bare.dispose(), edge.close()]);
    await rm(stateDirectory, { recursive: true, force: true });
  }
}

async function prepare(bareClient: Client, edgeClient: Client): Promise<Scenario[]> {
  const python = await readFile(realPythonFile);
  const small = python.subarray(0, 2048);
  const large = Buffer.alloc(limits.textBytes, python);
  const users: User[] = [];
  for (let index = 0; index < USERS; index++) {
    const user = await signIn(edgeClient, `bench-${index}`);
    await good(edgeClient, pushOf(user, small));
    users.push(user);
  }
  const heavy = await Promise.all(
    Array.from({ length: USERS }, (_, index) => signIn(edgeClient, `bench-heavy-${index}`)),
  );
  for (const user of heavy) await good(edgeClient, pushOf(user, large));

  return [
    {
      name: 'constant response, bare runtime',
      client: bareClient,
      atLeast: 1,
      atMost: Infinity,
      request: () => ({ method: 'GET', path: '/' }),
    },
    {
      name: 'raw read, 2 KB',
      client: edgeClient,
      atLeast: 1,
      atMost: USERS * limits.readsPerSecond,
      request: (turn) => readOf(pick(users, turn)),
    },
    {
      name: 'push, 2 KB',
      client: edgeClient,
      atLeast: 1,
      atMost: USERS * limits.writesPerSecond,
      request: (turn) => pushOf(pick(users, turn), small),
    },
    {
      name: 'raw read, 10 MB',
      client: edgeClient,
      atLeast: 2,
      atMost: USERS,
      request: (turn) => readOf(pick(heavy, turn)),
    },
    {
      name: 'push, 10 MB',
      client: edgeClient,
      atLeast: 2,
      atMost: USERS,
      request: (turn) => pushOf(pick(heavy, turn), large),
    },
  ];
}

const realPythonFile = fileURLToPath(
  new URL('../../node_modules/node-gyp/gyp/pylib/gyp/input.py', import.meta.url),
);

let turns = 0;

async function takeTurn({ client, request, atLeast, atMost }: Scenario): Promise<number[]> {
  const durationsMs: number[] = [];
  const endMs = performance.now() + TURN_MS;
  while (durationsMs.length < atMost && (performance.now() < endMs || durationsMs.length < atLeast)) {
    const options = request(turns++);
    const startMs = performance.now();
    await good(client, options);
    durationsMs.push(performance.now() - startMs);
  }
  return durationsMs;
}

async function good(client: Client, options: Dispatcher.RequestOptions): Promise<string> {
  const { statusCode, body } = await client.request(options);
  // Read to its end without decoding: the bytes must arrive, and no more.
  const text = Buffer.from(await body.arrayBuffer());
  if (statusCode >= 300) throw new Error(`${options.path} answered ${statusCode}: ${text.toString()}`);
  return text.length < 1000 ? text.toString() : '';
}

function readOf({ userId }: User): Dispatcher.RequestOptions {
  return { method: 'GET', path: `/raw/~${userId}` };
}

function pushOf({ key }: User, body: Buffer): Dispatcher.RequestOptions {
  return { method: 'POST', path: '/', body, headers: { authorization: `Bearer ${key}` } };
}

async function signIn(client: Client, userId: string): Promise<User> {
  const answer: unknown = JSON.parse(
    await good(client, {
      method: 'POST',
      path: '/sign-in/local',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId }),
    }),
  );
  if (typeof answer === 'object' && answer !== null && 'key' in answer && typeof answer.key === 'string')
    return { userId, key: answer.key };
  throw new Error('no key');
}

function pick<Item>(items: readonly Item[], turn: number): Item {
  const item = items[turn % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
