// The edge under many users: as fast as they can, and at a hundred times the load that the service is planned for.

import { type Dispatcher, Pool } from 'undici';
import { runOnSchedule, type StreamOutcomes } from './open-loop.ts';
import { type Fault, Outcomes } from './outcomes.ts';
import { realPython } from './python.ts';
import { ask, pushOf, readOf, requireAnswer, type User } from './requests.ts';
import { full } from './settings.ts';
import { signInUsers, withEdge } from './temporary-edge.ts';

export const USERS = 100;
const TEXT_BYTES = 2048;

const AT_ONCE_MS = full(10_000, 2_000);
/** Reads after each push, as in the other load. */
const READS_PER_PUSH = 8;

const SCHEDULE_MS = full(60_000, 5_000);
export const PUSHES_PER_SECOND = 100;
export const READS_PER_SECOND = 800;
/** What a browser opens to one host. */
const CONNECTIONS_PER_USER = 6;

export interface AtOnce {
  readonly perSecond: number;
  readonly pushes: Outcomes;
  readonly reads: Outcomes;
}

/** A hundred users at once, each on a connection of its own, each with the next request when the last is answered. */
export async function measureAtOnce(): Promise<AtOnce> {
  // One user may do less than this machine can: here its limit is to be found, not the user's.
  return withEdge({ rateLimit: false }, async (url) =>
    withVisitors(url, 1, async (visitors) => {
      const pushes = new Outcomes();
      const reads = new Outcomes();
      const startMs = performance.now();
      const endMs = startMs + AT_ONCE_MS;
      await Promise.all(
        visitors.map(async (visitor) => {
          while (performance.now() < endMs) {
            await pushes.count(performance.now(), visitor.push());
            for (let read = 0; read < READS_PER_PUSH && performance.now() < endMs; read++)
              await reads.count(performance.now(), visitor.read());
          }
        }),
      );
      const seconds = (performance.now() - startMs) / 1000;
      return { perSecond: (pushes.good + reads.good) / seconds, pushes, reads };
    }),
  );
}

export interface OnSchedule {
  readonly seconds: number;
  readonly pushes: StreamOutcomes;
  readonly reads: StreamOutcomes;
}

/** A hundred users who together push 100 and read 800 times a second, with all rate limits on. */
export async function measureOnSchedule(): Promise<OnSchedule> {
  return withEdge({ rateLimit: true }, async (url) =>
    withVisitors(url, CONNECTIONS_PER_USER, async (visitors) => {
      const send =
        (what: 'push' | 'read') =>
        async (turn: number): Promise<Fault | undefined> =>
          visitors[turn % visitors.length]?.[what]();
      const [pushes, reads] = await runOnSchedule(
        [
          { perSecond: PUSHES_PER_SECOND, send: send('push') },
          { perSecond: READS_PER_SECOND, send: send('read') },
        ],
        SCHEDULE_MS,
      );
      if (!pushes || !reads) throw new Error('a stream is missing');
      return { seconds: SCHEDULE_MS / 1000, pushes, reads };
    }),
  );
}

interface Visitor {
  push(): Promise<Fault | undefined>;
  read(): Promise<Fault | undefined>;
}

/** Signs users in, each with a snippet and connections of its own, for as long as `use` takes. */
async function withVisitors<Measured>(
  url: string,
  connections: number,
  use: (visitors: Visitor[]) => Promise<Measured>,
): Promise<Measured> {
  const text = await realPython(TEXT_BYTES);
  const users = await signInUsers(url, 'load', USERS);
  const pools = users.map(() => new Pool(url, { connections }));
  try {
    const visitors: Visitor[] = [];
    for (const [index, pool] of pools.entries()) {
      const user = users[index];
      if (user) visitors.push(await enter(pool, user, text));
    }
    return await use(visitors);
  } finally {
    await Promise.all(pools.map(async (pool) => pool.destroy()));
  }
}

async function enter(pool: Pool, user: User, python: Buffer): Promise<Visitor> {
  const mark = Buffer.from(`# pushed by ${user.userId}\n`);
  const text = Buffer.concat([mark, python.subarray(mark.length)]);
  await requireAnswer(pool, pushOf(user, text), 201);
  const place = Buffer.from('http');
  return {
    push: () => faultOf(pool, pushOf(user, text), { status: 201, start: place }),
    read: () => faultOf(pool, readOf(user), { status: 200, start: text }),
  };
}

/** What is wrong with the answer; undefined where it is good. */
async function faultOf(
  pool: Pool,
  options: Dispatcher.RequestOptions,
  good: { readonly status: number; readonly start: Buffer },
): Promise<Fault | undefined> {
  const { status, body } = await ask(pool, options);
  if (status !== good.status) return String(status);
  return body.subarray(0, good.start.length).equals(good.start) ? undefined : 'wrong text';
}
