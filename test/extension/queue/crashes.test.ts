// Whatever crashes, at whichever step, however often, and whatever the edge does meanwhile: what was said to be kept
// is stored exactly once in the end, as it was pushed.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keep, sendAtOnce, sendBehind } from '../../../extension/queue/deliver.ts';
import { passOver } from '../../../extension/queue/pass.ts';
import type { QueuedPush } from '../../../extension/queue/queued-push.ts';
import { Crash } from './disk.ts';
import { Edge, type Fate, leaseMs, Machine, neverAborted, partsOf } from './windows.ts';

/** One start of the editor until the machine crashes. */
interface Life {
  readonly deeds: readonly ('push' | 'push behind' | 'push signed out' | 'pass')[];
  readonly fates: readonly Fate[];
  readonly stepsUntilCrash: number;
  /** Whether the time of its claims is over when the next one begins. */
  readonly isLongAgo: boolean;
}

const life: fc.Arbitrary<Life> = fc.record({
  deeds: fc.array(fc.constantFrom('push', 'push behind', 'push signed out', 'pass'), { maxLength: 4 }),
  fates: fc.array(fc.constantFrom<Fate>('stored', 'answer lost', 'unavailable', 'rate_limited', 'internal')),
  stepsUntilCrash: fc.integer({ min: 1, max: 60 }),
  isLongAgo: fc.boolean(),
});

it('loses nothing, changes nothing, and stores nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 5 }), fc.string(), async (lives, text) => {
      const machine = new Machine();
      const edge = new Edge();
      const begun: QueuedPush[] = [];
      const promised = new Set<string>();
      for (const each of lives) {
        await live(machine, edge, each, text, begun, promised);
        machine.disk.recover();
        if (each.isLongAgo) machine.nowMs += 2 * leaseMs;
      }

      machine.nowMs += 2 * leaseMs;
      edge.fates.length = 0;
      const shelf = machine.open();
      await shelf.tidy();
      await passOver(partsOf(shelf, edge), {}, neverAborted);

      expect([...promised].filter((requestId) => !edge.stored.has(requestId))).toEqual([]);
      for (const { draft } of begun) {
        const stored = edge.stored.get(draft.requestId);
        if (stored) expect(stored).toEqual(draft);
      }
      expect(machine.disk.files.size).toBe(0);
    }),
    { numRuns: 100 },
  );
}, 60_000);

async function live(
  machine: Machine,
  edge: Edge,
  { deeds, fates, stepsUntilCrash }: Life,
  text: string,
  begun: QueuedPush[],
  promised: Set<string>,
): Promise<void> {
  const shelf = machine.open();
  const parts = partsOf(shelf, edge);
  edge.fates.splice(0, edge.fates.length, ...fates);
  machine.disk.stepsLeft = stepsUntilCrash;
  try {
    for (const deed of deeds) {
      if (deed === 'pass') {
        await passOver(parts, {}, neverAborted);
        continue;
      }
      const queued = machine.pushed(`${text}${begun.length}`);
      begun.push(queued);
      if (await isPromised(deed, parts, queued)) promised.add(queued.draft.requestId);
    }
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
}

/** Does the deed. Was its author told that it is stored, or kept beyond this window? */
async function isPromised(
  deed: 'push' | 'push behind' | 'push signed out',
  parts: ReturnType<typeof partsOf>,
  queued: QueuedPush,
): Promise<boolean> {
  if (deed === 'push signed out') return (await keep(parts.shelf, queued, undefined)) === 'disk';
  const delivered =
    deed === 'push'
      ? await sendAtOnce(parts, queued, neverAborted)
      : (await sendBehind(parts, queued, neverAborted)).delivered;
  return delivered.kind === 'pushed' || (delivered.kind === 'queued' && delivered.kept === 'disk');
}
