// Many at once on one stack: what comes of it is what would have come of one after the other.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visibility } from '../../shared/snippet.ts';
import { CrashingEdge } from './local-edge.ts';
import { faultsOfTurmoil } from './model.ts';
import { bake } from './texts.ts';
import { factsOf, User } from './user.ts';

const SAME_REQUEST_TIMES = 32;
const BURN_AFTER = 3;
const READERS = 50;

interface Mix {
  readonly userId: string;
  /** Pushes that are answered before all others are sent at once. */
  readonly first: number;
  readonly pushes: number;
  readonly pops: number;
  readonly visibility?: Visibility;
}

let stateDirectory: string;
let edge: CrashingEdge;

beforeAll(async () => {
  stateDirectory = await mkdtemp(join(tmpdir(), 'pybin-parallel-'));
  edge = await CrashingEdge.start(stateDirectory);
});

afterAll(async () => {
  await edge.end();
  await rm(stateDirectory, { recursive: true, force: true });
});

describe('pushes and pops all at once on one stack', () => {
  it.each<Mix>([
    { userId: 'pushes-only', first: 0, pushes: 64, pops: 0 },
    { userId: 'pops-only', first: 20, pushes: 0, pops: 64 },
    { userId: 'from-empty', first: 0, pushes: 32, pops: 32 },
    { userId: 'from-full', first: 20, pushes: 64, pops: 64 },
    { userId: 'mostly-pushes', first: 10, pushes: 48, pops: 16 },
    // Never archived: what leaves the stack is gone at once.
    { userId: 'private-full', first: 20, pushes: 64, pops: 64, visibility: 'private' },
  ])('$pushes pushes and $pops pops after $first ($userId): no gap, no double', async (mix) => {
    const user = await User.signIn(edge, mix.userId);
    const texts = new Map<number, Uint8Array>();
    const push = async (index: number) => {
      const text = textOf(index);
      const number = await user.push(text, `push-${index}`, mix.visibility);
      pushed.push(number);
      texts.set(number, text);
    };
    const pushed: number[] = [];
    for (let index = 0; index < mix.first; index++) await push(index);

    const [popped] = await Promise.all([
      Promise.all(Array.from({ length: mix.pops }, () => user.pop())),
      Promise.all(Array.from({ length: mix.pushes }, (_, index) => push(mix.first + index))),
    ]);
    const found = popped.filter((snippet) => snippet !== undefined);
    const remaining = await user.list();

    const turmoil = {
      first: mix.first,
      pushed,
      popped: found.map(({ number }) => number),
      remaining: remaining.map(({ number }) => number),
      emptyPops: popped.length - found.length,
    };
    expect(faultsOfTurmoil(turmoil)).toEqual([]);
    for (const { number, text } of found) expect(text).toBe(decode(texts.get(number)));
    for (const { number } of remaining)
      expect(factsOf(await user.read(number))).toEqual(factsOf(texts.get(number) ?? new Uint8Array()));
  });
});

describe('the same request many times at once', () => {
  it('pushes once', async () => {
    const user = await User.signIn(edge, 'same-push');
    const text = textOf(0);
    const numbers = await times(SAME_REQUEST_TIMES, () => user.push(text, 'the same'));
    expect(new Set(numbers)).toEqual(new Set([1]));
    expect(await user.list()).toMatchObject([{ number: 1, ...factsOf(text) }]);
  });

  it('pops once, and each gets the text', async () => {
    const user = await User.signIn(edge, 'same-pop');
    await user.push(textOf(1), 'first');
    await user.push(textOf(2), 'second');
    const popped = await times(SAME_REQUEST_TIMES, () => user.pop('the same'));
    for (const snippet of popped) expect(snippet).toMatchObject({ number: 2, text: decode(textOf(2)) });
    expect(await user.list()).toMatchObject([{ number: 1 }]);
  });
});

describe(`a snippet that burns after ${BURN_AFTER} reads`, () => {
  it(`is read by exactly ${BURN_AFTER} of ${READERS} at once, whoever looks without reading, and is gone`, async () => {
    const user = await User.signIn(edge, 'burner');
    const text = textOf(3);
    const pushed = await user.ask(`/?burn=${BURN_AFTER}`, { method: 'POST', body: text });
    expect(pushed.status).toBe(201);
    const link = pushed.headers.get('location') ?? '';

    // Nobody of these shows the key.
    const [reads, looks] = await Promise.all([
      times(READERS, () => fetch(`${link}/reveal`, { method: 'POST' })),
      times(READERS, (index) => fetch(link, { method: index % 2 === 0 ? 'GET' : 'HEAD' })),
    ]);
    const good = reads.filter(({ status }) => status === 200);
    expect(good).toHaveLength(BURN_AFTER);
    for (const answer of good) expect(factsOf(await answer.bytes())).toEqual(factsOf(text));
    for (const answer of reads) if (!good.includes(answer)) expect(answer.status).toBe(404);
    for (const answer of looks) expect([404, 409]).toContain(answer.status);

    for (const method of ['GET', 'HEAD'])
      expect(await fetch(link, { method })).toMatchObject({ status: 404 });
    expect(await fetch(`${link}/reveal`, { method: 'POST' })).toMatchObject({ status: 404 });
    expect(await user.list()).toEqual([]);
  });
});

function textOf(index: number): Uint8Array<ArrayBuffer> {
  const recipe = { start: 7919 * index, characters: 2000, lineEnd: '\n', before: '\uFEFF', after: '🐍' };
  return bake(recipe, `text ${index}`);
}

function decode(text: Uint8Array | undefined): string {
  return new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(text);
}

function times<Answer>(count: number, ask: (index: number) => Promise<Answer>): Promise<Answer[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => ask(index)));
}
