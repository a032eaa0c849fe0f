// What the edge is asked for while its speed is measured. A scenario's addresses are many enough that none of
// them becomes hot, but for the one that shall.

import type { Client, Dispatcher } from 'undici';
import { limits } from '../../shared/limits.ts';
import { realPython } from './python.ts';
import { listOf, pushOf, readOf, requireAnswer, type User } from './requests.ts';
import { targets } from './targets.ts';
import { signInUsers } from './temporary-edge.ts';

/** Stacks that are pushed to in turn. */
const STACKS = 100;
/** Full stacks that nothing is pushed to any more, read number by number. */
const SHELVES = 10;
/** A read of 10 MB takes so long that two addresses are enough to keep either cold. */
const HEAVY_STACKS = 2;

const SMALL_BYTES = 2048;

export interface Scenario {
  readonly name: string;
  readonly client: Client;
  readonly request: () => Dispatcher.RequestOptions;
  /** Of a good answer. */
  readonly status: number;
  readonly target?: number;
}

/** The first is the constant response that the others are compared with. */
export async function prepareScenarios(bare: Client, edge: Client, url: string): Promise<Scenario[]> {
  const small = await realPython(SMALL_BYTES);
  const large = await realPython(limits.textBytes);
  const stacks = await signInUsers(url, 'bench', STACKS);
  const shelves = await signInUsers(url, 'bench-shelf', SHELVES);
  const heavy = await signInUsers(url, 'bench-heavy', HEAVY_STACKS);
  const [busy, famous] = await signInUsers(url, 'bench-one', 2);
  if (!busy || !famous) throw new Error('nobody signed in');
  for (const user of [...stacks, famous]) await requireAnswer(edge, pushOf(user, small), 201);
  const shelved: Shelved[] = [];
  for (const user of shelves)
    for (let number = 1; number <= limits.stackSnippets; number++)
      shelved.push(await shelve(edge, user, number, small));

  const reads = takeInTurn(shelved);
  const revalidations = takeInTurn(shelved);
  const lists = takeInTurn(shelves);
  const pushes = takeInTurn(stacks);
  const latestReads = takeInTurn(stacks);
  const heavyPushes = takeInTurn(heavy);
  const heavyReads = takeInTurn(heavy);
  const push = { client: edge, status: 201 };
  const read = { client: edge, status: 200 };
  return [
    {
      name: 'constant response, bare runtime',
      client: bare,
      status: 200,
      request: () => ({ method: 'GET', path: '/' }),
    },
    { ...push, name: 'push, 2 KB', target: targets.push, request: () => pushOf(busy, small) },
    {
      ...push,
      name: `push, 2 KB, ${STACKS} stacks in turn`,
      request: () => pushOf(pushes(), small),
    },
    { ...read, name: 'raw read, 2 KB', target: targets.rawRead, request: () => reads().read },
    {
      ...read,
      name: `raw read, 2 KB, newest of ${STACKS} stacks in turn`,
      request: () => readOf(latestReads()),
    },
    {
      name: 'not modified (304), 2 KB',
      client: edge,
      status: 304,
      request: () => {
        const { read: options, etag } = revalidations();
        return { ...options, headers: { 'if-none-match': etag } };
      },
    },
    { ...read, name: 'hot read, 2 KB', target: targets.hotRead, request: () => readOf(famous) },
    { ...read, name: `list of ${limits.stackSnippets}`, request: () => listOf(lists()) },
    { ...push, name: 'push, 10 MB', request: () => pushOf(heavyPushes(), large) },
    { ...read, name: 'raw read, 10 MB', request: () => readOf(heavyReads()) },
  ];
}

interface Shelved {
  readonly read: Dispatcher.RequestOptions;
  readonly etag: string;
}

async function shelve(edge: Client, user: User, number: number, text: Buffer): Promise<Shelved> {
  await requireAnswer(edge, pushOf(user, text), 201);
  const read = readOf(user, number);
  return { read, etag: (await requireAnswer(edge, read, 200)).etag };
}

function takeInTurn<Item>(items: readonly Item[]): () => Item {
  let turn = 0;
  return () => {
    const item = items[turn++ % items.length];
    if (item === undefined) throw new Error('nothing to take');
    return item;
  };
}
