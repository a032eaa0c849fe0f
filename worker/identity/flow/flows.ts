// The way to a Flow: named by 128 random bits, which only those who are part of it know.

import { toBase62 } from '../../ids/base62.ts';
import type { FlowKind, FlowOf, FlowState } from './state.ts';

const NAME_BYTES = 16;
const NAME = /^[0-9A-Za-z]{22}$/;

/** Begins an attempt. Gives the name by which it goes on. */
export async function beginFlow(env: Env, state: FlowState, ttlSeconds: number): Promise<string> {
  const name = randomName();
  await keepFlow(env, name, state, ttlSeconds);
  return name;
}

/** Keeps a state under a name, in the place of any before it. */
export async function keepFlow(env: Env, name: string, state: FlowState, ttlSeconds: number): Promise<void> {
  await flowOf(env, name).keep(state, Date.now() + ttlSeconds * 1000);
}

/** What an attempt has come to; undefined where there is none of this kind, or it has ended. */
export async function getFlow<Kind extends FlowKind>(
  env: Env,
  name: string,
  kind: Kind,
): Promise<FlowOf<Kind> | undefined> {
  return NAME.test(name) ? narrow(await flowOf(env, name).get(kind), kind) : undefined;
}

/** The same, and ends the attempt: of many who ask, one gets it. */
export async function takeFlow<Kind extends FlowKind>(
  env: Env,
  name: string,
  kind: Kind,
): Promise<FlowOf<Kind> | undefined> {
  return NAME.test(name) ? narrow(await flowOf(env, name).take(kind), kind) : undefined;
}

/** 128 random bits, as 22 characters of base62: nothing to guess. */
export function randomName(): string {
  return toBase62(crypto.getRandomValues(new Uint8Array(NAME_BYTES)));
}

function flowOf(env: Env, name: string) {
  return env.FLOW.get(env.FLOW.idFromName(name));
}

function narrow<Kind extends FlowKind>(state: FlowState | undefined, kind: Kind): FlowOf<Kind> | undefined {
  return state && isOfKind(state, kind) ? state : undefined;
}

function isOfKind<Kind extends FlowKind>(state: FlowState, kind: Kind): state is FlowOf<Kind> {
  return state.kind === kind;
}
