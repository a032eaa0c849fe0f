// What a pass over the queue sends, in which order, and what it leaves for its author.

import { describe, expect, it } from 'vitest';
import { passOver, type PassOptions } from '../../../extension/queue/pass.ts';
import { nobody, type QueuedPush } from '../../../extension/queue/queued-push.ts';
import { limits } from '../../../shared/limits.ts';
import { type Fate, Edge, keptTexts, leaseMs, Machine, neverAborted, partsOf } from './windows.ts';

/** A window with these pushes waiting, and what a pass over them comes to. */
async function passOf(
  machine: Machine,
  queue: readonly QueuedPush[],
  {
    fates = [],
    changed = [],
    nowMs = machine.nowMs,
    ...options
  }: PassOptions & { fates?: Fate[]; changed?: string[]; nowMs?: number } = {},
) {
  const shelf = machine.open();
  for (const queued of queue) {
    await shelf.put(queued);
    await shelf.release(queued.draft.requestId);
  }
  const edge = new Edge();
  edge.fates.push(...fates);
  const parts = partsOf(shelf, edge, {
    isUnchanged: ({ draft }) => Promise.resolve(!changed.includes(draft.text)),
    now: () => nowMs,
  });
  const passed = await passOver(parts, options, neverAborted);
  return { passed, edge, shelf, parts };
}

describe('a pass', () => {
  it('sends all in order, and leaves nothing behind', async () => {
    const machine = new Machine();
    const queue = ['one', 'two', 'three'].map((text) => machine.pushed(text));
    const { passed, edge } = await passOf(machine, queue);
    expect(edge.texts).toEqual(['one', 'two', 'three']);
    expect(passed.sent.map(({ snippet }) => snippet.number)).toEqual([1, 2, 3]);
    expect(machine.disk.files.size).toBe(0);
  });

  it('sends exactly what was kept', async () => {
    const machine = new Machine();
    const queued = machine.pushed('x\r\n', { details: { visibility: 'private', alias: 'a', burnReads: 0 } });
    const { edge } = await passOf(machine, [queued]);
    expect(edge.sent).toEqual([queued.draft]);
  });

  it.each(['unavailable', 'internal', 'rate_limited', 'unauthenticated', 'forbidden', 'not_found'] as const)(
    'ends where the edge takes none, and keeps the rest: %s',
    async (code) => {
      const machine = new Machine();
      const queue = ['one', 'two', 'three'].map((text) => machine.pushed(text));
      const { passed, edge, shelf } = await passOf(machine, queue, { fates: ['stored', code] });
      expect(passed.stopped?.code).toBe(code);
      expect(edge.sent.map(({ text }) => text)).toEqual(['one', 'two']);
      expect(await keptTexts(shelf)).toEqual(['two', 'three']);
      expect(await machine.open().list({ free: true })).toHaveLength(2);
    },
  );

  it('goes on after one that the edge will never take, and keeps it with the reason', async () => {
    const machine = new Machine();
    const queue = ['one', 'two'].map((text) => machine.pushed(text));
    const { passed, edge, shelf, parts } = await passOf(machine, queue, { fates: ['alias_taken'] });
    expect(edge.texts).toEqual(['two']);
    expect(passed.refused.map(({ problem }) => problem.code)).toEqual(['alias_taken']);
    expect(await keptTexts(shelf)).toEqual(['one']);
    // It isn't tried again by itself.
    expect((await passOver(parts, {}, neverAborted)).refused).toEqual([]);
    expect(edge.sent).toHaveLength(2);
  });

  it('passes over what its author changed, until that one says so', async () => {
    const machine = new Machine();
    const [one, two] = [machine.pushed('one'), machine.pushed('two')];
    const { passed, edge, shelf, parts } = await passOf(machine, [one, two], { changed: ['one'] });
    expect(passed.changed).toEqual([one]);
    expect(edge.texts).toEqual(['two']);
    expect(await keptTexts(shelf)).toEqual(['one']);
    await passOver(parts, { only: one.draft.requestId }, neverAborted);
    expect(edge.texts).toEqual(['two', 'one']);
  });

  it('sends what changed where its author has said that already', async () => {
    const machine = new Machine();
    const { edge } = await passOf(machine, [machine.pushed('one', { asItWas: true })], { changed: ['one'] });
    expect(edge.texts).toEqual(['one']);
  });

  it('leaves what has waited for longer than the edge would know it, until its author says so', async () => {
    const machine = new Machine();
    const [old, fresh] = [machine.pushed('old'), machine.pushed('fresh')];
    const nowMs = old.queuedAtMs + limits.queue.byItselfMs + 1;
    const { passed, edge, shelf, parts } = await passOf(machine, [old, fresh], { nowMs });
    expect(passed.old).toEqual([old]);
    expect(edge.texts).toEqual(['fresh']);
    expect(await keptTexts(shelf)).toEqual(['old']);
    await passOver(parts, { only: old.draft.requestId }, neverAborted);
    expect(edge.texts).toEqual(['fresh', 'old']);
  });

  it('is over before the edge forgets a push', () => {
    const { pushKnownSeconds, queue } = limits;
    // What was sent in the last moment is answered by then.
    expect(pushKnownSeconds * 1000).toBeGreaterThan(queue.byItselfMs + queue.leaseMs);
  });

  it.each([
    ['another user', { endpoint: 'https://here.example', userId: 'bob' }],
    ['another endpoint', { endpoint: 'https://there.example', userId: 'ada' }],
  ])('never sends what is for %s, not even when told to', async (_, to) => {
    const machine = new Machine();
    const queued = machine.pushed('x', { to });
    const { edge, shelf, parts } = await passOf(machine, [queued]);
    await passOver(parts, { only: queued.draft.requestId }, neverAborted);
    expect(edge.sent).toEqual([]);
    expect(await keptTexts(shelf)).toEqual(['x']);
  });

  it.each([
    ['nobody was signed in', nobody],
    ['it wasn’t known who was', { endpoint: 'https://here.example', userId: undefined }],
  ])('sends what was pushed while %s', async (_, to) => {
    const machine = new Machine();
    const { edge } = await passOf(machine, [machine.pushed('x', { to })]);
    expect(edge.texts).toEqual(['x']);
  });

  it('tells of what can’t be read, and goes on', async () => {
    const machine = new Machine();
    const shelf = machine.open();
    await shelf.put(machine.pushed('one'));
    for (const [name, bytes] of machine.disk.files) machine.disk.files.set(name, bytes.slice(1));
    machine.nowMs += leaseMs;
    const { passed, edge } = await passOf(machine, [machine.pushed('two')]);
    expect(passed.damaged).toHaveLength(1);
    expect(edge.texts).toEqual(['two']);
  });

  it('leaves alone what another window is sending', async () => {
    const machine = new Machine();
    await machine.open().put(machine.pushed('theirs'));
    const { edge } = await passOf(machine, [machine.pushed('ours')]);
    expect(edge.texts).toEqual(['ours']);
  });

  it('sends nothing twice where the disk doesn’t give it up', async () => {
    const machine = new Machine();
    const shelf = machine.open();
    await shelf.put(machine.pushed('x'));
    const edge = new Edge();
    const parts = partsOf(shelf, edge);
    machine.disk.isStuck = true;
    await expect(passOver(parts, {}, neverAborted)).rejects.toThrow('the disk gives nothing up');
    machine.disk.isStuck = false;
    await passOver(parts, {}, neverAborted);
    expect(edge.sent).toHaveLength(1);
    expect(machine.disk.files.size).toBe(0);
  });
});
