// The history of one user as it grows: how long a page and a search take, and what the archive costs a push.

import { Client } from 'undici';
import { limits } from '../../shared/limits.ts';
import { measurePersonMonth } from '../../worker/cost/measure.ts';
import { realPython } from './python.ts';
import { ask, pushOf, requireAnswer, type User } from './requests.ts';
import { full } from './settings.ts';
import { medianOf } from './statistics.ts';
import { signInUsers, withEdge } from './temporary-edge.ts';

/** Records that the history has when it is measured. */
const SIZES = [100, 1_000, full(10_000, 2_000)];
const QUESTIONS = full(50, 3);
const ROUNDS = full(40, 3);
const PUSHES_PER_TURN = full(50, 5);
const TEXT_BYTES = 2048;

export interface HistoryFigures {
  readonly records: number;
  /** p50 by question. */
  readonly p50Ms: Readonly<Record<string, number>>;
}

export interface ArchiveFigures {
  readonly onMs: number;
  readonly offMs: number;
  /** How many pushes a second with the archive on, as a part of those with it off. */
  readonly ratio: number;
}

/** What the archive takes of the platform, by push: after a month of the same person's days. */
export interface ArchiveCost {
  readonly rowsWritten: number;
  readonly puts: number;
  readonly bytes: number;
}

export async function measureArchiveCost(): Promise<ArchiveCost> {
  const { operations } = await measurePersonMonth(full(30, 2));
  const pushes = operations.push.times;
  const { rowsWritten, archiveWrites, archivedBytes } = operations.alarm.counts;
  return {
    rowsWritten: rowsWritten / pushes,
    puts: archiveWrites / pushes,
    bytes: archivedBytes / pushes,
  };
}

export async function measureHistory(): Promise<HistoryFigures[]> {
  return withEdge({ rateLimit: false }, async (url) => {
    const client = new Client(url);
    try {
      const [user] = await signInUsers(url, 'bench-history', 1);
      if (!user) throw new Error('nobody signed in');
      return await measureGrowing(client, user);
    } finally {
      await client.destroy();
    }
  });
}

async function measureGrowing(client: Client, user: User): Promise<HistoryFigures[]> {
  const figures: HistoryFigures[] = [];
  let pushed = 0;
  for (const records of SIZES) {
    for (; pushed < records; pushed++) await requireAnswer(client, pushOf(user, await textOf(pushed)), 201);
    // Asking for the history archives what waits, so many at a time.
    await archiveAll(client, user, records);
    figures.push({ records, p50Ms: await measureQuestions(client, user, records) });
  }
  return figures;
}

/** Each another part of the same files, with a word that no other has. */
async function textOf(number: number): Promise<Buffer> {
  return Buffer.concat([Buffer.from(`# unique_${number}x\n`), await realPython(TEXT_BYTES, number * 997)]);
}

async function archiveAll(client: Client, user: User, records: number): Promise<void> {
  for (;;) {
    const answer = await requireAnswer(client, historyOf(user, `query=unique_${records - 1}x`), 200);
    const found: unknown = JSON.parse(answer.body.toString());
    if (JSON.stringify(found).includes(`unique_${records - 1}x`)) return;
  }
}

async function measureQuestions(
  client: Client,
  user: User,
  records: number,
): Promise<Record<string, number>> {
  const middle = Math.ceil(records / 2);
  const questions = {
    'newest page': '',
    'page in the middle': `pageToken=${middle}`,
    'a word that one has': `query=unique_${middle}x`,
    'a word that many have': 'query=self',
    'a word that none has': 'query=nowhere_at_all',
  };
  const p50Ms: Record<string, number> = {};
  for (const [question, query] of Object.entries(questions)) {
    const durations: number[] = [];
    for (let count = 0; count < QUESTIONS; count++) {
      const startMs = performance.now();
      await requireAnswer(client, historyOf(user, query), 200);
      durations.push(performance.now() - startMs);
    }
    p50Ms[question] = medianOf(durations);
  }
  return p50Ms;
}

/** Pushes of two users in turn, of whom one has the archive switched off. */
export async function measureArchiving(): Promise<ArchiveFigures> {
  return withEdge({ rateLimit: false }, async (url) => {
    const client = new Client(url);
    try {
      const [on, off] = await signInUsers(url, 'bench-archive', 2);
      if (!on || !off) throw new Error('nobody signed in');
      await requireAnswer(client, archiveOff(off), 200);
      const body = await realPython(TEXT_BYTES);
      const turns: { onMs: number; offMs: number }[] = [];
      for (let round = -limits.stackSnippets / 5; round < ROUNDS; round++) {
        const turn = { onMs: await pushTurn(client, on, body), offMs: await pushTurn(client, off, body) };
        if (round >= 0) turns.push(turn);
      }
      return {
        onMs: medianOf(turns.map(({ onMs }) => onMs)),
        offMs: medianOf(turns.map(({ offMs }) => offMs)),
        ratio: medianOf(turns.map(({ onMs, offMs }) => offMs / onMs)),
      };
    } finally {
      await client.destroy();
    }
  });
}

/** The mean of a push in a turn of some, in milliseconds. */
async function pushTurn(client: Client, user: User, body: Buffer): Promise<number> {
  const startMs = performance.now();
  for (let count = 0; count < PUSHES_PER_TURN; count++) {
    const { status } = await ask(client, pushOf(user, body));
    if (status !== 201) throw new Error(`a push answered ${status}`);
  }
  return (performance.now() - startMs) / PUSHES_PER_TURN;
}

function historyOf({ key }: User, query: string) {
  return {
    method: 'GET',
    path: `/v1/history?${query}`,
    headers: { authorization: `Bearer ${key}` },
  } as const;
}

function archiveOff({ key }: User) {
  return {
    method: 'PATCH',
    path: '/v1/account',
    body: '{"archiveEnabled":false}',
    headers: { authorization: `Bearer ${key}` },
  } as const;
}
