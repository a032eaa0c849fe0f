// What is on the stack after events: whatever comes twice, late, or before its own answer, the end is the same.

import { array, assert, integer, oneof, property, record, shuffledSubarray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  after,
  type Contents,
  nextExpiryMs,
  nothing,
  type StackEvent,
  unexpired,
} from '../../../extension/stack/contents.ts';
import { limits } from '../../../shared/limits.ts';
import { facts, MINUTE, now } from './facts.ts';

const all = (events: readonly StackEvent[], from: Contents = nothing): Contents => events.reduce(after, from);
const numbersOf = ({ snippets }: Contents): number[] => snippets.map(({ number }) => number);
const snippet = (number: number, revision = 1): StackEvent => ({
  kind: 'snippet',
  snippet: facts(number, { revision }),
});
const left = (number: number): StackEvent => ({ kind: 'left', number });
const stack = (...numbers: number[]): StackEvent => ({
  kind: 'stack',
  snippets: numbers.map((each) => facts(each)),
});

describe('the stack', () => {
  it.each<{ name: string; events: StackEvent[]; numbers: number[] }>([
    { name: 'is what its first message says', events: [stack(3, 2, 1)], numbers: [3, 2, 1] },
    { name: 'has a push on top', events: [stack(1), snippet(2)], numbers: [2, 1] },
    {
      name: 'has an older one below, though it is heard of later',
      events: [stack(1), snippet(3), snippet(2)],
      numbers: [3, 2, 1],
    },
    {
      name: 'has once what is told of twice: by an answer and by the socket',
      events: [snippet(1), snippet(1)],
      numbers: [1],
    },
    { name: 'has no more what left', events: [stack(2, 1), left(2)], numbers: [1] },
    {
      name: 'doesn’t get back what left before its own push was answered',
      events: [snippet(1), left(2), snippet(2)],
      numbers: [1],
    },
    {
      name: 'doesn’t get back what left while the whole stack was on its way',
      events: [left(2), stack(2, 1)],
      numbers: [1],
    },
    {
      name: 'keeps a push that a whole stack from before it lacks',
      events: [snippet(2), stack(1), snippet(2)],
      numbers: [2, 1],
    },
    {
      name: 'is another where it is told of as a whole again',
      events: [stack(2, 1), stack(3)],
      numbers: [3],
    },
  ])('$name', ({ events, numbers }) => {
    expect(numbersOf(all(events))).toEqual(numbers);
  });

  it('has the newest revision, in whichever order the two are heard of', () => {
    expect(all([snippet(1, 2), snippet(1, 1)]).snippets).toEqual([facts(1, { revision: 2 })]);
    expect(all([snippet(1, 1), snippet(1, 2)]).snippets).toEqual([facts(1, { revision: 2 })]);
  });

  it('takes over reads of the same revision', () => {
    const read: StackEvent = { kind: 'snippet', snippet: facts(1, { readCount: 7 }) };
    expect(all([snippet(1), read]).snippets[0]?.readCount).toBe(7);
  });
});

const numbers = integer({ min: 1, max: 30 });
const event = oneof(
  record({ number: numbers, revision: integer({ min: 1, max: 3 }) }).map(({ number, revision }) =>
    snippet(number, revision),
  ),
  numbers.map(left),
  array(numbers, { maxLength: limits.stackSnippets }).map((each) => stack(...new Set(each))),
);

describe('after any events', () => {
  it('the newest are first, each once, at most twenty', () => {
    assert(
      property(array(event), (events) => {
        const found = numbersOf(all(events));
        expect(found).toEqual([...new Set(found)].toSorted((one, other) => other - one));
        expect(found.length).toBeLessThanOrEqual(limits.stackSnippets);
      }),
    );
  });

  it('hearing the last one again changes nothing', () => {
    assert(
      property(array(event), event, (events, last) => {
        const once = all([...events, last]);
        expect(after(once, last)).toEqual(once);
      }),
    );
  });

  it('what left never comes back', () => {
    assert(
      property(array(event), numbers, array(event, { maxLength: 20 }), (before, number, later) => {
        expect(numbersOf(all([...before, left(number), ...later]))).not.toContain(number);
      }),
    );
  });

  it('the order of pushes and departures doesn’t matter', () => {
    const happened = [...Array(12).keys()].map((index) => (index % 3 ? snippet(index) : left(index)));
    assert(
      property(shuffledSubarray(happened, { minLength: happened.length }), (events) => {
        expect(numbersOf(all(events))).toEqual(numbersOf(all(happened)));
      }),
    );
  });
});

describe('a lifetime', () => {
  const contents = all([
    { kind: 'snippet', snippet: facts(1, { expiresAtMs: now + MINUTE }) },
    { kind: 'snippet', snippet: facts(2, { expiresAtMs: now + 2 * MINUTE }) },
  ]);

  it('ends to the millisecond', () => {
    expect(unexpired(contents, now + MINUTE - 1).map(({ number }) => number)).toEqual([2, 1]);
    expect(unexpired(contents, now + MINUTE).map(({ number }) => number)).toEqual([2]);
  });

  it.each([
    [now, now + MINUTE],
    [now + MINUTE, now + 2 * MINUTE],
    [now + 2 * MINUTE, undefined],
  ])('at %d the next one ends at %s', (atMs, endMs) => {
    expect(nextExpiryMs(contents, atMs)).toBe(endMs);
  });

  it('of nothing doesn’t end', () => {
    expect(nextExpiryMs(nothing, now)).toBeUndefined();
  });
});
