// The model itself: every history that a stack can have passes, and each kind of wrong one is told.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../shared/limits.ts';
import { faultsOfTurmoil, type Listed, type SentPush, StackModel, type Turmoil } from './model.ts';

describe('answers to pushes and pops at once', () => {
  it('pass whatever a stack does one after the other', () => {
    const steps = fc.array(fc.constantFrom('push', 'push', 'push', 'pop'), { maxLength: 150 });
    const surges = fc.array(steps, { maxLength: 4 }).map((parts) => parts.flat());
    fc.assert(
      fc.property(surges, fc.nat(30), (sequence, first) => {
        expect(faultsOfTurmoil(runOneByOne(sequence, first))).toEqual([]);
      }),
    );
  });

  it.each<[string, Partial<Turmoil>, string]>([
    ['a number twice', { pushed: [1, 2, 2], remaining: [2, 1] }, 'not each from 1 on, once'],
    ['a gap', { pushed: [1, 3], remaining: [3, 1] }, 'not each from 1 on, once'],
    ['one popped twice', { pushed: [1, 2], popped: [2, 2], remaining: [1] }, 'is there twice'],
    ['one popped that stays', { pushed: [1, 2], popped: [2], remaining: [2, 1] }, 'is there twice'],
    ['one that nobody pushed', { pushed: [1], remaining: [2, 1] }, 'never pushed'],
    ['one lost', { pushed: [1, 2, 3], remaining: [3, 2] }, 'No order of them leaves 1 out'],
    ['the newest lost', { pushed: [1, 2, 3], remaining: [2, 1] }, 'is older'],
    ['21', { pushed: upTo(21), remaining: downFrom(21) }, 'No order of them leaves none out'],
    [
      'one lost too many',
      { pushed: upTo(22), remaining: downFrom(22).slice(0, 19) },
      'No order of them leaves 1,2,3 out',
    ],
    [
      'an empty stack that never was',
      { first: 1, pushed: [1, 2], popped: [2], remaining: [1], emptyPops: 1 },
      'No order',
    ],
  ])('fail with %s', (_what, turmoil, words) => {
    const nothing: Turmoil = { first: 0, pushed: [], popped: [], remaining: [], emptyPops: 0 };
    expect(faultsOfTurmoil({ ...nothing, ...turmoil }).join('\n')).toContain(words);
  });
});

describe('a stack with one push confirmed, one retried and one unknown', () => {
  it.each<[string, Listed[]]>([
    ['without the unknown one', [listed(2, 'b'), listed(1, 'a')]],
    ['with the unknown one on top', [listed(3, 'c'), listed(2, 'b'), listed(1, 'a')]],
  ])('passes %s', (_what, list) => {
    expect(modelWithUnknown().model.faultsOf(list)).toEqual([]);
  });

  it.each<[string, Listed[], string]>([
    ['a confirmed one is not there', [listed(1, 'a')], 'Number 2 was confirmed, the newest is 1'],
    ['nothing is there', [], 'Number 2 was confirmed, the newest is 0'],
    ['one below is not there', [listed(2, 'b')], 'Listed are 2, the newest of 2 are 2,1'],
    ['the order is wrong', [listed(1, 'a'), listed(2, 'b')], 'Listed are 1,2'],
    ['a text is another', [listed(2, 'x'), listed(1, 'a')], 'Number 2 has another text'],
    [
      'a text is there twice',
      [listed(3, 'b'), listed(2, 'b'), listed(1, 'a')],
      'Number 3 is there a second time',
    ],
    [
      'a number is left out',
      [listed(4, 'c'), listed(2, 'b'), listed(1, 'a')],
      '2 numbers up to 4 went to no push',
    ],
  ])('fails where %s', (_what, list, words) => {
    expect(modelWithUnknown().model.faultsOf(list).join('\n')).toContain(words);
  });

  it.each<[string, 'second' | 'third', number, string]>([
    ['a retry that gets another number', 'second', 3, 'A retry got number 3, the first answer was 2'],
    ['a number that another has', 'third', 2, 'Number 2 was given to two pushes'],
    ['a number that is too small', 'third', 0, 'Number 0 came after number 2'],
  ])('fails %s', (_what, which, number, words) => {
    const { model, ...pushes } = modelWithUnknown();
    expect(model.confirm(pushes[which], number).join('\n')).toContain(words);
  });

  it('keeps the newest only', () => {
    const model = new StackModel();
    const texts = upTo(limits.stackSnippets + 2);
    for (const number of texts) model.confirm(model.send(facts(`${number}`)), number);
    const newest = texts.toReversed().map((number) => listed(number, `${number}`));
    expect(model.faultsOf(newest.slice(0, limits.stackSnippets))).toEqual([]);
    expect(model.faultsOf(newest)).toHaveLength(1);
  });
});

/** A plain stack does the steps; the first so many are pushes. */
function runOneByOne(steps: readonly string[], first: number): Turmoil {
  let stack: number[] = [];
  const pushed: number[] = [];
  const popped: number[] = [];
  let emptyPops = 0;
  for (const step of [...upTo(first).map(() => 'push'), ...steps]) {
    if (step === 'push') {
      pushed.push(pushed.length + 1);
      stack = [...stack, pushed.length].slice(-limits.stackSnippets);
      continue;
    }
    const top = stack.pop();
    if (top === undefined) emptyPops += 1;
    else popped.push(top);
  }
  return { first, pushed, popped, remaining: stack.toReversed(), emptyPops };
}

function modelWithUnknown(): { model: StackModel; second: SentPush; third: SentPush } {
  const model = new StackModel();
  model.confirm(model.send(facts('a')), 1);
  const second = model.send(facts('b'));
  model.confirm(second, 2);
  model.confirm(second, 2);
  return { model, second, third: model.send(facts('c')) };
}

function facts(sha256: string) {
  return { sha256, sizeBytes: 1 };
}

function listed(number: number, sha256: string): Listed {
  return { number, ...facts(sha256) };
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function downFrom(count: number): number[] {
  return upTo(count).toReversed();
}
