// The Worker with a meter on all that is charged for: the same code, in its own runtime, by a clock that is set.
// Two run: the front, which is used as a person would, and the one whose isolate has the Durable Objects.

import { DurableObject } from 'cloudflare:workers';
import * as worker from '../index.ts';
import { routingHashOf } from '../ids/routing-hash.ts';
import {
  addCounts,
  type CountName,
  type Counts,
  type Measured,
  noCounts,
  type Operation,
  type PersonMonth,
} from './counts.ts';
import { MONTH_DAYS, person } from './usage.ts';

type MeteredEnv = Omit<Env, 'STACK'> & {
  readonly STACK: DurableObjectNamespace<Stack>;
  /** The isolate of the Durable Objects; absent in that isolate itself. */
  readonly OBJECTS?: Fetcher;
};

type Cursor = Pick<SqlStorageCursor<Record<string, SqlStorageValue>>, 'rowsRead' | 'rowsWritten'>;

const USER_ID = 'ada';
const ORIGIN = 'http://localhost';
const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const FIRST_SPELL_HOUR = 8;
const SPELL_HOURS = 6;
/** Between two pushes of a spell: time to correct something. */
const PUSH_PAUSE_MS = 20_000;
/** Between two reads: an object sleeps again long before the next. */
const READ_PAUSE_MS = 5 * 60 * 1000;
/** Between two events. An alarm that sets itself for ever is a fault. */
const MOST_ALARMS = 1_000;

// --- The clock and the meters of this isolate

let nowMs = 0;
Date.now = () => nowMs;

let counted: Record<CountName, number> = { ...noCounts };
/** They count while they are read, so they are asked at last. */
let cursors: Cursor[] = [];

/** What was counted since the last time. */
function takeCounts(): Counts {
  for (const cursor of cursors) {
    counted.rowsRead += cursor.rowsRead;
    counted.rowsWritten += cursor.rowsWritten;
  }
  const counts = counted;
  counted = { ...noCounts };
  cursors = [];
  return counts;
}

for (const name of ['debug', 'log', 'info', 'warn', 'error'] as const) {
  const write = console[name].bind(console);
  console[name] = (...words: unknown[]) => {
    counted.logLines += 1;
    counted.logBytes += words.reduce<number>((sum, word) => sum + (JSON.stringify(word) ?? '').length, 0);
    write(...words);
  };
}

// A timer keeps its object awake; here it rings at once, as no time passes by itself.
const { setTimeout: setRealTimeout, clearTimeout: clearRealTimeout } = globalThis;
type Timer = ReturnType<typeof setRealTimeout>;
const pendingTimers = new Set<Timer>();

Reflect.set(globalThis, 'setTimeout', (callback: () => void, delayMs = 0): Timer => {
  counted.objectTimerMs += delayMs;
  const timer = setRealTimeout(() => {
    pendingTimers.delete(timer);
    callback();
  }, 0);
  pendingTimers.add(timer);
  return timer;
});

Reflect.set(globalThis, 'clearTimeout', (timer: Timer): void => {
  pendingTimers.delete(timer);
  clearRealTimeout(timer);
});

/** Lets timers ring that were set a moment ago. */
async function settleTimers(): Promise<void> {
  while (pendingTimers.size > 0)
    await new Promise((resolve) => {
      setRealTimeout(resolve, 0);
    });
}

/** Has each call of a method counted, of objects that can't be made here. */
function countCalls(
  prototype: object,
  methods: Readonly<Record<string, (args: readonly unknown[], result: unknown) => void>>,
): void {
  for (const [name, count] of Object.entries(methods)) {
    const method: unknown = Reflect.get(prototype, name);
    if (typeof method !== 'function') throw new Error(`${name} is no method`);
    Reflect.set(prototype, name, function counting(this: unknown, ...args: unknown[]): unknown {
      const result: unknown = Reflect.apply(method, this, args);
      count(args, result);
      return result;
    });
  }
}

let isStorageMetered = false;

function meterStorage(storage: DurableObjectStorage): void {
  if (isStorageMetered) return;
  isStorageMetered = true;
  countCalls(Object.getPrototypeOf(storage), { setAlarm: () => (counted.rowsWritten += 1) });
  countCalls(Object.getPrototypeOf(storage.sql), {
    exec: (_args, cursor) => {
      if (!isCursor(cursor)) throw new Error('SQL gives no cursor');
      cursors.push(cursor);
    },
  });
}

function isCursor(value: unknown): value is Cursor {
  return typeof value === 'object' && value !== null && 'rowsRead' in value && 'rowsWritten' in value;
}

let isArchiveMetered = false;

function countArchiveWrite(): void {
  counted.archiveWrites += 1;
}

function countArchiveRead(): void {
  counted.archiveReads += 1;
}

function meterArchive(archive: R2Bucket): void {
  if (isArchiveMetered) return;
  isArchiveMetered = true;
  countCalls(Object.getPrototypeOf(archive), {
    put: ([, value]) => {
      countArchiveWrite();
      counted.archivedBytes += sizeOf(value);
    },
    createMultipartUpload: countArchiveWrite,
    list: countArchiveWrite,
    get: countArchiveRead,
    head: countArchiveRead,
  });
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
  throw new Error('what is put into the archive has no size that is known before');
}

// --- The objects

/** Whether a method that was called from outside runs, until it first waits: what it calls itself is no request. */
let isAnswering = false;

/** Every call from outside is a request that is charged: public methods, and the platform's own. */
for (const exported of Object.values<unknown>({ ...worker })) {
  if (typeof exported !== 'function') continue;
  const prototype: object = exported.prototype;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const method: unknown = Reflect.get(prototype, name);
    if (name === 'constructor' || typeof method !== 'function') continue;
    Reflect.set(prototype, name, function charged(this: unknown, ...args: unknown[]): unknown {
      if (isAnswering) return Reflect.apply(method, this, args);
      counted.objectRequests += 1;
      isAnswering = true;
      try {
        return Reflect.apply(method, this, args);
      } finally {
        isAnswering = false;
      }
    });
  }
}

export * from '../index.ts';

export class Stack extends worker.Stack {
  constructor(ctx: DurableObjectState, env: Env) {
    meterStorage(ctx.storage);
    meterArchive(env.ARCHIVE);
    super(ctx, env);
  }

  /** Rings each alarm up to a time, at its own. @returns how many rang */
  async ringUntil(timeMs: number): Promise<number> {
    for (let rung = 0; rung < MOST_ALARMS; rung++) {
      const atMs = await this.ctx.storage.getAlarm();
      if (atMs === null || atMs > timeMs) return rung;
      nowMs = Math.max(nowMs, atMs);
      await this.ctx.storage.deleteAlarm();
      await this.alarm();
    }
    throw new Error('the alarm sets itself for ever');
  }

  sizeBytes(): number {
    return this.ctx.storage.sql.databaseSize;
  }
}

// Nobody signs in by a provider or by a code while it is measured.
export { Device, Flow, Guesses, Identity } from '../index.ts';

/** One object sums what all isolates count: its price is the instance's, not a person's, so it does nothing here. */
export class Metrics extends DurableObject<Env> {
  add(): void {}
}

interface Rung {
  readonly alarms: number;
  readonly storedBytes: number;
  readonly counts: Counts;
}

/** In the isolate of the objects: rings what is due, sets the clock, and tells what was counted since the last time. */
async function ring(env: MeteredEnv, timeMs: number): Promise<Rung> {
  await settleTimers();
  const stack = env.STACK.get(env.STACK.idFromName(routingHashOf(USER_ID)));
  const alarms = await stack.ringUntil(timeMs);
  nowMs = timeMs;
  return { alarms, storedBytes: await stack.sizeBytes(), counts: takeCounts() };
}

// --- The front

/** A person's life with the Worker, as it goes by. */
class Life {
  readonly #env: MeteredEnv;
  readonly #objects: Fetcher;
  readonly #ctx: ExecutionContext;
  readonly #measured: Record<Operation, Measured> = {
    push: { times: 0, counts: noCounts },
    'read by others': { times: 0, counts: noCounts },
    'read by its owner': { times: 0, counts: noCounts },
    list: { times: 0, counts: noCounts },
    alarm: { times: 0, counts: noCounts },
  };
  #authorization = '';
  #pushes = 0;
  #storedBytes = 0;
  /** Whether what happens counts. */
  isMeasured = false;

  constructor(env: MeteredEnv, objects: Fetcher, ctx: ExecutionContext) {
    this.#env = env;
    this.#objects = objects;
    this.#ctx = ctx;
  }

  async signIn(): Promise<void> {
    const answer = await this.#ask('/sign-in/local', 200, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId: USER_ID }),
    });
    const { key }: { key: string } = JSON.parse(answer);
    this.#authorization = `Bearer ${key}`;
  }

  /** Lets time pass. */
  async goTo(timeMs: number): Promise<void> {
    nowMs = timeMs;
    await this.#settle('alarm');
  }

  async push(): Promise<void> {
    this.#pushes += 1;
    await this.#ask('/', 201, {
      method: 'POST',
      headers: { authorization: this.#authorization, 'idempotency-key': crypto.randomUUID() },
      body: textOf(this.#pushes),
    });
    await this.#settle('push');
  }

  async readByOthers(): Promise<void> {
    await this.#ask(`/~${USER_ID}`, 200, {});
    await this.#settle('read by others');
  }

  async readByOwner(): Promise<void> {
    await this.#ask(`/~${USER_ID}`, 200, { headers: { authorization: this.#authorization } });
    await this.#settle('read by its owner');
  }

  async list(): Promise<void> {
    await this.#ask('/v1/snippets', 200, { headers: { authorization: this.#authorization } });
    await this.#settle('list');
  }

  get month(): PersonMonth {
    return { operations: this.#measured, storedBytes: this.#storedBytes };
  }

  async #ask(path: string, status: number, init: RequestInit): Promise<string> {
    const request = new Request(`${ORIGIN}${path}`, init);
    const response = await worker.default.fetch(request, this.#env, this.#ctx);
    const text = await response.text();
    if (response.status !== status) throw new Error(`${path} answers ${response.status}: ${text}`);
    counted.requests += 1;
    return text;
  }

  /** Gathers what was counted on both sides, for what was just done. */
  async #settle(operation: Operation): Promise<void> {
    // What nobody measures is thrown away as time goes on.
    if (!this.isMeasured && operation !== 'alarm') return;
    const answer = await this.#objects.fetch(`${ORIGIN}/?now=${nowMs}`);
    const { alarms, storedBytes, counts }: Rung = await answer.json();
    const all = addCounts(takeCounts(), counts);
    this.#storedBytes = storedBytes;
    if (!this.isMeasured) return;
    const before = this.#measured[operation];
    const times = before.times + (operation === 'alarm' ? alarms : 1);
    this.#measured[operation] = { times, counts: addCounts(before.counts, all) };
  }
}

/** So many days of the same, and then a month that is measured. */
async function live(life: Life, startMs: number, daysBefore: number): Promise<PersonMonth> {
  await life.goTo(startMs);
  await life.signIn();
  for (let day = 0; day < daysBefore + MONTH_DAYS; day++) {
    // What happened before is settled first.
    await life.goTo(startMs + day * DAY_MS);
    life.isMeasured = day >= daysBefore;
    await liveDay(life, startMs + day * DAY_MS);
  }
  await life.list();
  return life.month;
}

/** A day: spells of pushes, and reads that come one by one in the hours after each. Reads change nothing that lasts. */
async function liveDay(life: Life, midnightMs: number): Promise<void> {
  const readsPerSpell = person.readsPerDay / person.spellsPerDay;
  for (let spell = 0; spell < person.spellsPerDay; spell++) {
    const startMs = midnightMs + (FIRST_SPELL_HOUR + spell * SPELL_HOURS) * HOUR_MS;
    for (let push = 0; push < person.pushesPerSpell; push++) {
      await life.goTo(startMs + push * PUSH_PAUSE_MS);
      await life.push();
    }
    if (!life.isMeasured) continue;
    for (let read = 0; read < readsPerSpell; read++) {
      await life.goTo(startMs + HOUR_MS + read * READ_PAUSE_MS);
      await (read % 2 === 0 ? life.readByOthers() : life.readByOwner());
    }
  }
}

/** A text that is like code, in that a bit under half of it is left when it is compressed. */
function textOf(number: number): string {
  const lines: string[] = [];
  for (let line = 0; lines.length * 40 < person.textBytes; line++) {
    const [one, other] = [nameOf(number, 2 * line), nameOf(number, 2 * line + 1)];
    lines.push(`${one}_${line} = compute(${other}, limit=${line})`.padEnd(40));
  }
  return lines.join('\n').slice(0, person.textBytes);
}

/** Six letters and digits that follow from two numbers. */
function nameOf(one: number, other: number): string {
  return ((one * 48_271 + other * 2_147_001_325) % 2_176_782_335).toString(36).padStart(6, 'a');
}

export default {
  /** The front answers with a person's month, `?days=` after `?now=`; the isolate of the objects sets its clock. */
  async fetch(request: Request, env: MeteredEnv, ctx: ExecutionContext): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const objects = env.OBJECTS;
    if (!objects) return Response.json(await ring(env, Number(searchParams.get('now'))));
    meterArchive(env.ARCHIVE);
    const life = new Life(env, objects, ctx);
    return Response.json(await live(life, Number(searchParams.get('now')), Number(searchParams.get('days'))));
  },
};
