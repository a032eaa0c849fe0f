// Counts in an isolate's memory: none is lost, whatever happens to a flush.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Counters, type Counts } from '../../../worker/metrics/counters.ts';

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('add'), sample: fc.constantFrom('a', 'b', 'c'), amount: fc.nat(1000) }),
    fc.record({ kind: fc.constant('flush'), works: fc.boolean() }),
  ),
);

describe('counters', () => {
  it('sum up to all that was counted, though flushes fail', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const counters = new Counters();
        const counted = new Map<string, number>();
        const summed = new Map<string, number>();
        for (const step of taken) {
          if ('amount' in step) {
            counters.add(step.sample, step.amount);
            addTo(counted, new Map([[step.sample, step.amount]]));
            continue;
          }
          const counts = counters.take();
          expect(counters.isEmpty).toBe(true);
          if (step.works) addTo(summed, counts);
          else counters.addAll(counts);
        }
        addTo(summed, counters.take());
        expect(summed).toEqual(counted);
      }),
    );
  });
});

function addTo(sums: Map<string, number>, counts: Counts): void {
  for (const [sample, amount] of counts) sums.set(sample, (sums.get(sample) ?? 0) + amount);
}
