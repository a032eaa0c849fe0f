// A checked push is sent at once, behind what waits, or kept: never both lost and unsaid.

import { describe, expect, it } from 'vitest';
import { type Delivered, sendAtOnce, sendBehind } from '../../../extension/queue/deliver.ts';
import { isProblemCode, type ProblemCode, problems } from '../../../shared/problem.ts';
import { Edge, keptTexts, Machine, neverAborted, partsOf } from './windows.ts';

/** What becomes of a push that the edge answers with each code. */
const after = {
  invalid_argument: 'refused',
  unauthenticated: 'queued',
  forbidden: 'queued',
  not_found: 'queued',
  method_not_allowed: 'refused',
  alias_taken: 'refused',
  keys_full: 'refused',
  burning: 'refused',
  lost: 'refused',
  stale: 'refused',
  too_large: 'refused',
  not_text: 'refused',
  rate_limited: 'queued',
  canceled: 'canceled',
  internal: 'queued',
  unavailable: 'queued',
} as const satisfies Record<ProblemCode, Delivered['kind']>;
const codes = Object.keys(problems).filter(isProblemCode);

describe('a push while nothing waits', () => {
  it('is stored, and never touches the disk', async () => {
    const machine = new Machine();
    const edge = new Edge();
    const delivered = await sendAtOnce(partsOf(machine.open(), edge), machine.pushed('x'), neverAborted);
    expect(delivered).toMatchObject({ kind: 'pushed', snippet: { number: 1 } });
    expect(machine.keyring.writes).toBe(0);
  });

  it.each(codes)('that is answered with %s is kept where that can help', async (code) => {
    const machine = new Machine();
    const [shelf, edge] = [machine.open(), new Edge()];
    edge.fate = code;
    const delivered = await sendAtOnce(partsOf(shelf, edge), machine.pushed('x'), neverAborted);
    expect(delivered.kind).toBe(after[code]);
    expect(await keptTexts(machine.open())).toEqual(after[code] === 'queued' ? ['x'] : []);
    expect(await machine.open().list({ free: true })).toHaveLength(after[code] === 'queued' ? 1 : 0);
  });

  it('is kept while the answer is long in coming, and leaves with it', async () => {
    const machine = new Machine();
    const [shelf, edge] = [machine.open(), new Edge()];
    const answer = Promise.withResolvers<void>();
    const parts = partsOf(shelf, edge, { keepAfterMs: 0 });
    const slow = { ...parts, way: { ...parts.way, push: pushAfter(answer.promise) } };
    const delivered = sendAtOnce(slow, machine.pushed('x'), neverAborted);
    await expect.poll(() => keptTexts(machine.open())).toEqual(['x']);
    expect(await machine.open().list({ free: true })).toEqual([]);
    answer.resolve();
    expect((await delivered).kind).toBe('pushed');
    expect(machine.disk.files.size).toBe(0);

    function pushAfter(gone: Promise<void>): typeof parts.way.push {
      return async (draft, signal) => {
        await gone;
        return parts.way.push(draft, signal);
      };
    }
  });
});

describe('a push while others wait', () => {
  it('comes to lie on top of them', async () => {
    const machine = new Machine();
    const [shelf, edge] = [machine.open(), new Edge()];
    await shelf.put(machine.pushed('first'));
    const { delivered, others } = await sendBehind(
      partsOf(shelf, edge),
      machine.pushed('second'),
      neverAborted,
    );
    expect(edge.texts).toEqual(['first', 'second']);
    expect(delivered).toMatchObject({ kind: 'pushed', snippet: { number: 2 } });
    expect(others.sent).toHaveLength(1);
    expect(machine.disk.files.size).toBe(0);
  });

  it('waits with them where the edge is away', async () => {
    const machine = new Machine();
    const [shelf, edge] = [machine.open(), new Edge()];
    await shelf.put(machine.pushed('first'));
    edge.fate = 'unavailable';
    const { delivered } = await sendBehind(partsOf(shelf, edge), machine.pushed('second'), neverAborted);
    expect(delivered).toMatchObject({ kind: 'queued', why: { code: 'unavailable' }, kept: 'disk' });
    expect(edge.sent).toHaveLength(1);
    expect(await keptTexts(machine.open())).toEqual(['first', 'second']);
  });

  it('isn’t kept where the edge will never take it', async () => {
    const machine = new Machine();
    const [shelf, edge] = [machine.open(), new Edge()];
    await shelf.put(machine.pushed('first'));
    edge.fates.push('stored', 'alias_taken');
    const { delivered, others } = await sendBehind(
      partsOf(shelf, edge),
      machine.pushed('second'),
      neverAborted,
    );
    expect(delivered.kind).toBe('refused');
    expect(others.refused).toEqual([]);
    expect(machine.disk.files.size).toBe(0);
  });

  it('isn’t kept where its author gives it up meanwhile; the others are', async () => {
    const machine = new Machine();
    const [shelf, edge] = [machine.open(), new Edge()];
    await shelf.put(machine.pushed('first'));
    edge.fate = 'canceled';
    const { delivered } = await sendBehind(
      partsOf(shelf, edge),
      machine.pushed('second'),
      AbortSignal.abort(),
    );
    expect(delivered.kind).toBe('canceled');
    expect(await keptTexts(machine.open())).toEqual(['first']);
  });
});
