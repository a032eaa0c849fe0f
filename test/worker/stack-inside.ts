// A look into one Stack: its storage, its alarm, its sleep, and its clock.

import { env } from 'cloudflare:workers';
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { afterEach, beforeEach, vi } from 'vitest';
import { requireSeal } from '../../worker/ids/seal.ts';
import { routingHashOf } from '../../worker/ids/routing-hash.ts';
import type { Stack } from '../../worker/index.ts';

/** When a test starts by its own clock: an hour ahead of the real one, so that no native alarm rings by itself. */
export const startMs = Date.now() + 3_600_000;

/** Sets the clock, the Stack's too, to so many seconds after a test's start. */
export function atSeconds(seconds: number): void {
  atTime(startMs + seconds * 1000);
}

/** Sets the clock, the Stack's too, to a time in milliseconds since 1970. */
export function atTime(timeMs: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: timeMs });
}

/** Gives each test of a file a clock that only {@link atSeconds} and {@link atTime} move. */
export function useOwnClock(): void {
  beforeEach(() => atSeconds(0));
  afterEach(() => {
    vi.useRealTimers();
  });
}

/** One Stack from inside. */
export interface Inside {
  readonly routingHash: string;
  readonly stub: DurableObjectStub<Stack>;
  inStorage<Value>(look: (storage: DurableObjectStorage) => Value | Promise<Value>): Promise<Value>;
  /** All rows of a table. */
  rowsOf(table: string): Promise<Record<string, SqlStorageValue>[]>;
  /** When the alarm rings, in milliseconds since 1970; null where it isn't set. */
  alarm(): Promise<number | null>;
  /** Rings the alarm now. False where none is set. */
  ring(): Promise<boolean>;
  /** Puts the Stack away, as the runtime does with one that nobody asks: what it kept in mind is gone. */
  evict(): Promise<void>;
}

/** The Stack that a routing hash names. */
function insideAt(routingHash: string): Inside {
  const stub = env.STACK.get(env.STACK.idFromName(routingHash));
  const lookInside: Inside['inStorage'] = (look) =>
    runInDurableObject(stub, (_stack, state) => look(state.storage));
  return {
    routingHash,
    stub,
    inStorage: lookInside,
    rowsOf: (table) => lookInside(({ sql }) => sql.exec(`SELECT * FROM ${table} ORDER BY 1`).toArray()),
    alarm: () => lookInside((storage) => storage.getAlarm()),
    ring: () => runDurableObjectAlarm(stub),
    evict: () => evictDurableObject(stub),
  };
}

/** A user's Stack. */
export function insideOf(userId: string): Inside {
  return insideAt(routingHashOf(userId));
}

/** The Stack on which the snippet of a link lies. */
export function insideOfLink(path: string): Inside {
  const place = requireSeal(env.INSTANCE_SECRETS, 'link').getPlace(path.replace(/^\/s\//, ''));
  if (!place) throw new Error(`${path} is no link`);
  return insideAt(place.routingHash);
}

/** Rings the alarm now, if it is set. */
export async function ring(userId: string): Promise<void> {
  await insideOf(userId).ring();
}

export function inStorage<Value>(
  userId: string,
  look: (storage: DurableObjectStorage) => Value | Promise<Value>,
): Promise<Value> {
  return insideOf(userId).inStorage(look);
}

/** All rows of a table. */
export function rowsOf(userId: string, table: string): Promise<Record<string, SqlStorageValue>[]> {
  return insideOf(userId).rowsOf(table);
}

/** ASCII text that no compression makes small. */
export function randomText(characters: number): string {
  const parts: string[] = [];
  for (let size = 0; size < characters; size += 32_768)
    parts.push(
      String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32_768)).map((byte) => 33 + (byte % 90))),
    );
  return parts.join('').slice(0, characters);
}
