// State from earlier versions: a real storage at each of them, brought to the newest. Nothing is lost, nothing is
// orphaned, and what has shipped never changes.

import { env } from 'cloudflare:workers';
import { hash } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeySecret, writeKey } from '../../../worker/identity/key.ts';
import { routingHashOf } from '../../../worker/ids/routing-hash.ts';
import { migrate } from '../../../worker/stack/schema.ts';
import { objectKey } from '../../../worker/archive/names.ts';
import { recordOf } from '../archive/bucket.ts';
import { ask } from '../edge.ts';
import { atSeconds, insideOf, type Inside, randomText, startMs, useOwnClock } from '../stack-inside.ts';
import { fillVersion1, oldProof, type OldSnippet, summaryOf } from './version-1.ts';

/** Each migration as it shipped, by the SHA-256 of its text. A new one adds a line; a line never changes. */
const shipped = [
  '14b920276e467f2e77dd2d6d5173c04a2c707077e67631c6d6989a6af24ed491',
  'e357ceb8fc0934785661d1a41ecc9e6b28c6e77c465083c7825ec689ea163297',
  '9fab3c7e17ea66ec9d0efa21c0b4922726f45757d7af5cbb026e0f2cdef6e681',
  'bc257bf3e7a1e6463863948df09a0e6b81291a3716a82d14814a8288a9746647',
  '6c5b95037897f50b15fb39435c61369610efa8835e6034cdac0816b3edef657c',
  '4858678c7cc85bca19300aad0eacb2ed3a04c11f2f47f171f1270aae9dabce8a',
  '034c2495cfd2ab62a03cb7bc00a8a7e516721e62895744f5c7c85e898c7e7e43',
  '5085f13d6122501328d6bb5f17aeea0d508da1c17c30d846009bb0eac3710f5c',
];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const plain: Omit<OldSnippet, 'number' | 'text'> = {
  encoding: 'identity',
  description: '',
  visibility: 'public',
  language: 'python',
  fileName: 'input.py',
  createdAtMs: startMs - HOUR_MS,
  expiresAtMs: startMs + 11 * HOUR_MS,
  isOnStack: true,
  archiveDueAtMs: undefined,
  requestId: '',
};

interface Contents {
  readonly onStack: readonly OldSnippet[];
  /** What left the stack and waits for the archive. */
  readonly left: readonly OldSnippet[];
}

/** Every kind of content that version 1 stored, the long ones of a length. */
function contentsOf(longCharacters: number): Contents {
  const long = randomText(longCharacters);
  return {
    onStack: [
      { ...plain, number: 4, text: 'small = 1\n', requestId: 'push of 4' },
      { ...plain, number: 5, text: `5${long}`, archiveDueAtMs: startMs + MINUTE_MS },
      { ...plain, number: 6, text: `6${long}${long}`, encoding: 'gzip' },
      { ...plain, number: 7, text: '' },
      {
        ...plain,
        number: 8,
        text: 'long description',
        description: `why\r\n${long}`,
        visibility: 'unlisted',
        archiveDueAtMs: startMs - MINUTE_MS,
      },
      { ...plain, number: 9, text: 'mine alone', visibility: 'private', description: 'short' },
      { ...plain, number: 11, text: 'soon gone', expiresAtMs: startMs + MINUTE_MS },
      {
        ...plain,
        number: 12,
        text: '\uFEFFline\r\n\0🐍 no newline at the end',
        encoding: 'gzip',
        description: `🐍 ${'d'.repeat(300)}`,
        archiveDueAtMs: startMs + 4 * MINUTE_MS,
      },
    ],
    left: [
      { ...plain, number: 2, text: 'pushed out', isOnStack: false, archiveDueAtMs: startMs + MINUTE_MS },
      {
        ...plain,
        number: 3,
        text: `3${long}`,
        encoding: 'gzip',
        description: `3${long}`,
        isOnStack: false,
        archiveDueAtMs: startMs + 2 * MINUTE_MS,
      },
    ],
  };
}

const small = contentsOf(300);
/** Texts and descriptions of several chunks: a random ASCII text of this length has two even as gzip. */
const large = contentsOf(1_400_000);

// Number 1 is long archived and expired, 10 and 13 were deleted: 10 is still in the archive, and so is 4.
const removals = [10, 13];
const history = [1, 4, 10];
const lastNumber = 13;

useOwnClock();

describe('a stack of version 1', () => {
  it.each(large.onStack.map((snippet) => [snippet.number, snippet] as const))(
    'still gives number %i whole: its text to whoever takes gzip and whoever doesn’t, and all its facts',
    async (number, snippet) => {
      const user = await oldUser(`facts-${number}`, { onStack: [snippet], left: [] });
      for (const accepted of ['gzip', 'identity'] as const) {
        const headers = { 'accept-encoding': accepted };
        const answer = await user.ask(`/raw/~${user.userId}/${number}`, { headers });
        const isPacked = accepted === 'gzip' && snippet.encoding === 'gzip';
        expect(answer.headers.get('content-encoding')).toBe(isPacked ? 'gzip' : null);
        // Unpacked on its way by the runtime.
        expect(shaOf(await answer.bytes())).toBe(shaOf(snippet.text));
      }
      const listed = (await user.list())[0];
      expect(listed).toMatchObject({ number, description: summaryOf(snippet) });
      const whole = await (await user.ask(`/v1/snippets/${listed?.id}`)).json<Record<string, unknown>>();
      const { findings, needs } = JSON.parse(oldProof);
      expect(whole).toMatchObject({
        number,
        revision: 1,
        alias: '',
        readsLeft: 0,
        readCount: 0,
        device: '',
        text: snippet.text,
        description: snippet.description,
        language: 'python',
        origin: { fileName: 'input.py' },
        visibility: `VISIBILITY_${snippet.visibility.toUpperCase()}`,
        createTime: isoOf(snippet.createdAtMs),
        updateTime: isoOf(snippet.createdAtMs),
        expireTime: isoOf(snippet.expiresAtMs),
        sha256: shaOf(snippet.text),
        sizeBytes: new TextEncoder().encode(snippet.text).byteLength,
        findings,
        needs,
      });
    },
  );

  it('lists what lay on it, newest first, and nothing else', async () => {
    const user = await oldUser('lists');
    expect(await user.numbers()).toEqual([12, 11, 9, 8, 7, 6, 5, 4]);
  });

  it('shows each of its snippets to whom it showed it before', async () => {
    const user = await oldUser('sights');
    const ids = new Map((await user.list()).map(({ number, id }) => [number, id]));
    expect((await ask('/~sights/4')).status).toBe(200);
    expect((await ask('/~sights/8')).status).toBe(404);
    expect(await (await ask(`/s/${ids.get(8)}`)).text()).toBe('long description');
    expect((await ask(`/s/${ids.get(9)}`)).status).toBe(404);
    expect(await (await user.ask(`/s/${ids.get(9)}`)).text()).toBe('mine alone');
  });

  it.each([1, 2, 3, 10, 13])('never shows number %i, which had left it', async (number) => {
    const user = await oldUser(`left-${number}`);
    expect((await user.ask(`/~${user.userId}/${number}`)).status).toBe(404);
  });

  it('lets a lifetime end when it was to end', async () => {
    const user = await oldUser('expires');
    atSeconds(61);
    expect((await user.ask('/~expires/11')).status).toBe(404);
    await user.inside.ring();
    expect(await numbersIn(user.inside, 'snippets')).not.toContain(11);
  });

  it('goes on counting where it was, though the last number is gone', async () => {
    const user = await oldUser('counts-on');
    expect(await user.push('next')).toBe('/~counts-on/14');
    await user.inside.evict();
    expect(await user.push('next but one')).toBe('/~counts-on/15');
  });

  it('gives a retry its first answer, and pushes nothing', async () => {
    const user = await oldUser('retries');
    const headers = { 'idempotency-key': 'push of 4' };
    const retried = await user.ask('/', { method: 'POST', body: 'small = 1\n', headers });
    expect([retried.status, await retried.text()]).toEqual([201, 'http://localhost/~retries/4\n']);
    const json = await user.ask('/v1/snippets', { method: 'POST', body: '{"text":"small = 1\\n"}', headers });
    expect(await json.json()).toMatchObject({
      number: 4,
      revision: 1,
      alias: '',
      readsLeft: 0,
      device: '',
    });
    expect(await user.numbers()).toHaveLength(small.onStack.length);
  });

  it('replaces, pops and deletes its old snippets, and leaves none of their bytes', async () => {
    const user = await oldUser('takes', large);
    const ids = new Map((await user.list()).map(({ number, id }) => [number, id]));
    for (const number of [5, 6]) {
      const replaced = await user.ask(`/s/${ids.get(number)}`, { method: 'PUT', body: `new ${number}` });
      expect(replaced.status).toBe(200);
      expect(await (await user.ask(`/~takes/${number}`)).text()).toBe(`new ${number}`);
    }
    expect((await user.ask('/v1/snippets/pop', { method: 'POST' })).status).toBe(200);
    for (const number of [4, 5, 6, 7, 8, 9, 11])
      expect((await user.ask(`/s/${ids.get(number)}`, { method: 'DELETE' })).status).toBe(204);
    await user.ringUntilQuiet();
    expect(await numbersIn(user.inside, 'snippets')).toEqual([]);
    expect(await user.inside.rowsOf('chunks')).toEqual([]);
  });

  it('holds no chunk that belongs to nothing, neither at once nor when the archive knows all', async () => {
    const user = await oldUser('orphans', large);
    expect(await user.numbers()).toHaveLength(small.onStack.length);
    expect(await orphansIn(user.inside)).toEqual([]);
    await user.ringUntilQuiet();
    expect(await orphansIn(user.inside)).toEqual([]);
    expect(await numbersIn(user.inside, 'snippets')).toEqual([4, 5, 6, 7, 8, 9, 12]);
  });

  it('tells the archive all that waited for it, also what had left, and deletes what was to be deleted', async () => {
    const deleted = objectKey(routingHashOf('flushes'), '0000000010');
    await env.ARCHIVE.put(deleted, 'deleted by its owner');
    const user = await oldUser('flushes', large);
    await user.ringUntilQuiet();
    const waited = [...large.left, ...large.onStack].filter(
      ({ archiveDueAtMs }) => archiveDueAtMs !== undefined,
    );
    for (const { number, text, description, expiresAtMs } of waited)
      expect(await recordOf('flushes', number)).toMatchObject({
        number,
        text,
        description,
        language: 'python',
        origin: { fileName: 'input.py' },
        needs: ['np'],
        expireTime: { seconds: BigInt(Math.floor(expiresAtMs / 1000)) },
      });
    for (const number of [1, 4, 6, 7, 9, 10, 11, 13])
      expect(await recordOf('flushes', number)).toBeUndefined();
    expect(await numbersIn(user.inside, 'history')).toEqual([1, 2, 3, 4, 5, 8, 12]);
    expect(await env.ARCHIVE.head(deleted)).toBeNull();
    expect(await user.inside.rowsOf('stale_objects')).toEqual([]);
  });

  it('has an alarm again, though it came without one', async () => {
    const user = await oldUser('alarmless', small, null);
    expect(await user.numbers()).toHaveLength(small.onStack.length);
    await vi.waitFor(async () => expect(await user.inside.alarm()).not.toBeNull());
  });

  it('keeps its own history', async () => {
    const user = await oldUser('remembers');
    await user.numbers();
    expect(await user.inside.rowsOf('history')).toMatchObject(
      history
        .filter((number) => !removals.includes(number))
        .map((number) => ({ number, summary: `history of ${number}` })),
    );
  });
});

describe('the schema', () => {
  it.each([...shipped.keys()])('of a storage at version %i becomes that of a fresh one', async (version) => {
    const fresh = insideOf(`fresh-${version}`);
    const old = insideOf(`old-${version}`);
    await fresh.inStorage(({ sql }) => migrate(sql));
    await old.inStorage(({ sql }) => {
      migrate(sql, version);
      migrate(sql);
    });
    const schema = await schemaOf(fresh);
    expect(schema.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'account',
        'chunks',
        'history',
        'keys',
        'stale_objects',
        'requests',
        'snippets',
        'stack',
      ]),
    );
    expect(await schemaOf(old)).toEqual(schema);
  });

  it('of a filled storage becomes that of a fresh one, too', async () => {
    const fresh = insideOf('fresh-filled');
    await fresh.inStorage(({ sql }) => migrate(sql));
    const user = await oldUser('old-filled');
    await user.numbers();
    expect(await schemaOf(user.inside)).toEqual(await schemaOf(fresh));
  });

  it('stays as it is when it is brought up to date again', async () => {
    const inside = insideOf('twice');
    await inside.inStorage(({ sql }) => migrate(sql));
    const first = await schemaOf(inside);
    const statements = await inside.inStorage(({ sql }) => recordStatements(sql));
    expect(statements.filter((statement) => !statement.includes('migrations'))).toEqual([]);
    expect(await schemaOf(inside)).toEqual(first);
  });

  it('and all data stay at the version they were at where a migration breaks in the middle', async () => {
    const inside = insideOf('breaks');
    await inside.inStorage((storage) => {
      fillVersion1(storage, oldStorageOf('breaks', { onStack: small.onStack.slice(0, 1), left: [] }));
      // Near the end of the second migration, this table is needed.
      storage.sql.exec('ALTER TABLE requests RENAME TO requests_away');
      expect(() => storage.transactionSync(() => migrate(storage.sql))).toThrow('requests');
      storage.sql.exec('ALTER TABLE requests_away RENAME TO requests');
      expect(storage.sql.exec('SELECT max(version) AS version FROM migrations').one()).toEqual({
        version: 1,
      });
      expect(storage.sql.exec('SELECT number, text_body FROM snippets').toArray()).toEqual([
        { number: 4, text_body: 7 },
      ]);
      storage.transactionSync(() => migrate(storage.sql));
      expect(storage.sql.exec('SELECT number, revision FROM snippets').toArray()).toEqual([
        { number: 4, revision: 1 },
      ]);
    });
  });

  it('has migrations that are, to the letter, those that shipped', async () => {
    const statements = await insideOf('recorded').inStorage(({ sql }) => recordStatements(sql));
    const migrations = statements.filter((statement) => !/\bmigrations\b/.test(statement));
    expect(migrations.map(shaOf)).toEqual(shipped);
  });
});

interface OldUser {
  readonly userId: string;
  readonly inside: Inside;
  ask(path: string, init?: RequestInit): Promise<Response>;
  push(text: string): Promise<string>;
  list(): Promise<{ id: string; number: number; description: string }[]>;
  numbers(): Promise<number[]>;
  /** Rings until nothing is left for the archive. */
  ringUntilQuiet(): Promise<void>;
}

let secret = createKeySecret();
beforeEach(() => {
  secret = createKeySecret();
});

function oldStorageOf(userId: string, { onStack, left }: Contents) {
  return {
    userId,
    keyHash: secret.secretHash,
    createdAtMs: startMs - HOUR_MS,
    lastNumber,
    snippets: [...left, ...onStack],
    removals,
    history,
  };
}

/** Somebody whose stack was written by version 1, with the key of then. */
async function oldUser(
  userId: string,
  contents = small,
  alarmAtMs: number | null = startMs + MINUTE_MS,
): Promise<OldUser> {
  const inside = insideOf(userId);
  await inside.inStorage(async (storage) => {
    fillVersion1(storage, oldStorageOf(userId, contents));
    if (alarmAtMs !== null) await storage.setAlarm(alarmAtMs);
  });
  // The next call finds it as a new program does.
  await inside.evict();
  const place = { routingHash: routingHashOf(userId), number: 1 };
  const key = writeKey(env.INSTANCE_SECRETS, 'key', place, secret.secret);
  const askAs: OldUser['ask'] = (path, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${key}`);
    return ask(path, { ...init, headers });
  };
  const list: OldUser['list'] = async () => {
    const answer = await askAs('/v1/snippets');
    expect(answer.status).toBe(200);
    return (await answer.json<{ snippets: { id: string; number: number; description: string }[] }>())
      .snippets;
  };
  return {
    userId,
    inside,
    ask: askAs,
    list,
    numbers: async () => (await list()).map(({ number }) => number),
    async push(text) {
      return new URL((await (await askAs('/', { method: 'POST', body: text })).text()).trim()).pathname;
    },
    async ringUntilQuiet() {
      atSeconds(10 * 60);
      expect(await inside.ring()).toBe(true);
    },
  };
}

function shaOf(text: string | Uint8Array): string {
  return hash('sha256', text, 'hex');
}

function isoOf(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

async function numbersIn(inside: Inside, table: 'snippets' | 'history'): Promise<number[]> {
  return inside.inStorage(({ sql }) =>
    sql
      .exec<{ number: number }>(`SELECT number FROM ${table} ORDER BY number`)
      .toArray()
      .map(({ number }) => number),
  );
}

/** Ids of chunks that no row needs: 32 × number − 16 + sequence is a text’s, 32 × number + sequence a description’s. */
async function orphansIn(inside: Inside): Promise<number[]> {
  return inside.inStorage(({ sql }) =>
    sql
      .exec<{ id: number }>(
        `SELECT id FROM chunks WHERE NOT EXISTS (
           SELECT 1 FROM snippets WHERE number = (id + 16) / 32
             AND CASE WHEN id % 32 >= 16 THEN stored_bytes > length(head) ELSE description_encoding IS NOT NULL END)`,
      )
      .toArray()
      .map(({ id }) => id),
  );
}

interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}

/** Tables, indexes and views with their text, comments and spaces aside. */
async function schemaOf(inside: Inside): Promise<SchemaRow[]> {
  const rows = await inside.inStorage(({ sql }) =>
    sql
      .exec<{ type: string; name: string; sql: string | null }>(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY type, name",
      )
      .toArray(),
  );
  return rows.map(({ type, name, sql }) => ({
    type,
    name,
    sql: (sql ?? '')
      .replaceAll(/--.*$/gm, '')
      .replaceAll(/[\s"]+/g, ' ')
      .trim(),
  }));
}

/** Brings a storage up to date and tells by which statements. */
function recordStatements(sql: SqlStorage): string[] {
  const statements: string[] = [];
  const recording = new Proxy(sql, {
    get: (target, name) =>
      name === 'exec'
        ? (query: string, ...bindings: unknown[]) => {
            statements.push(query);
            return target.exec(query, ...bindings);
          }
        : Reflect.get(target, name, target),
  });
  migrate(recording);
  return statements;
}
