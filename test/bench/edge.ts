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

const ROUNDS = 10;
/** Until each stack is full and its log of writes has reached the size that it keeps. */
const WARM_UP_ROUNDS = 3;
const TURN_MS = 500;
/** Requests of a turn at least, however long they take. */
const LEAST_PER_TURN = 2;
const STACKS = 100;

export interface Measured extends Figures {
  readonly scenario: string;
  /** Requests a second, as a part of the constant response's. */
  readonly ratio: number;
}

interface Scenario {
  readonly name: string;
  readonly client: Client;
  readonly request: () => Dispatcher.RequestOptions;
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
  const edge = await startEdge({ port: 0, stateDirectory, localSignIn: true, rateLimit: false });
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
  for (let index = 0; index < STACKS; index++) {
    const user = await signIn(edgeClient, `bench-${index}`);
    await good(edgeClient, pushOf(user, small));
    users.push(user);
  }
  const hot = await signIn(edgeClient, 'bench-hot');
  const heavy = await signIn(edgeClient, 'bench-heavy');
  const inTurn = takeInTurn(users);

  return [
    {
      name: 'constant response, bare runtime',
      client: bareClient,
      request: () => ({ method: 'GET', path: '/' }),
    },
    { name: 'push, 2 KB', client: edgeClient, request: () => pushOf(hot, small) },
    { name: 'raw read, 2 KB', client: edgeClient, request: () => readOf(hot) },
    {
      name: `push, 2 KB, ${STACKS} stacks in turn`,
      client: edgeClient,
      request: () => pushOf(inTurn(), small),
    },
    { name: `raw read, 2 KB, ${STACKS} stacks in turn`, client: edgeClient, request: () => readOf(inTurn()) },
    { name: 'push, 10 MB', client: edgeClient, request: () => pushOf(heavy, large) },
    { name: 'raw read, 10 MB', client: edgeClient, request: () => readOf(heavy) },
  ];
}

function takeInTurn<Item>(items: readonly Item[]): () => Item {
  let turn = 0;
  return () => {
    const item = items[turn++ % items.length];
    if (item === undefined) throw new Error('nothing to take');
    return item;
  };
}

const realPythonFile = fileURLToPath(
  new URL('../../node_modules/node-gyp/gyp/pylib/gyp/input.py', import.meta.url),
);

async function takeTurn({ client, request }: Scenario): Promise<number[]> {
  const durationsMs: number[] = [];
  const endMs = performance.now() + TURN_MS;
  while (performance.now() < endMs || durationsMs.length < LEAST_PER_TURN) {
    const options = request();
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
