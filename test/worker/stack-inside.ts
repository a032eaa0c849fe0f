// A look into one user's Stack: its storage, its alarm, and its clock.

import { env } from 'cloudflare:workers';
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { afterEach, beforeEach, vi } from 'vitest';
import { routingHashOf } from '../../worker/ids/routing-hash.ts';
import type { Stack } from '../../worker/index.ts';

// A minute ahead of the real clock, so that no native alarm rings by itself.
const startMs = Date.now() + 60_000;

/** Sets the clock, the Stack's too, to so many seconds after a test's start. */
export function atSeconds(seconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: startMs + seconds * 1000 });
}

/** Gives each test of a file a clock that only {@link atSeconds} moves. */
export function useOwnClock(): void {
  beforeEach(() => atSeconds(0));
  afterEach(() => {
    vi.useRealTimers();
  });
}

function stackOf(userId: string): DurableObjectStub<Stack> {
  return env.STACK.get(env.STACK.idFromName(routingHashOf(userId)));
}

/** Rings the alarm now, if it is set. */
export async function ring(userId: string): Promise<void> {
  await runDurableObjectAlarm(stackOf(userId));
}

export function inStorage<Value>(
  userId: string,
  look: (storage: DurableObjectStorage) => Value | Promise<Value>,
): Promise<Value> {
  return runInDurableObject(stackOf(userId), (_stack, state) => look(state.storage));
}

/** All rows of a table. */
export function rowsOf(userId: string, table: string): Promise<Record<string, SqlStorageValue>[]> {
  return inStorage(userId, ({ sql }) => sql.exec(`SELECT * FROM ${table} ORDER BY 1`).toArray());
}
