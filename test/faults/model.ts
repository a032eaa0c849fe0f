// What must be on a stack, whatever was killed and whoever came first. Pure: knows what was asked and what was
// answered, and says in sentences where a list doesn't fit.

import { limits } from '../../shared/limits.ts';

/** A text, by what tells it from every other. */
export interface TextFacts {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** One snippet as the stack lists it. */
export interface Listed extends TextFacts {
  readonly number: number;
}

/** A push that was sent. */
export interface SentPush extends TextFacts {
  /** The greatest number that was confirmed before it was sent: its own must be greater. */
  readonly after: number;
}

/** One owner's stack, pushed onto alone: numbers count up from 1 without a gap, and the newest 20 are there. */
export class StackModel {
  readonly #confirmed = new Map<number, SentPush>();
  /** Sent and not answered: each of them may be stored or not. No two have the same text. */
  readonly #unknown = new Set<SentPush>();

  /** A push goes out. */
  send({ sha256, sizeBytes }: TextFacts): SentPush {
    const push = { sha256, sizeBytes, after: Math.max(0, ...this.#confirmed.keys()) };
    this.#unknown.add(push);
    return push;
  }

  /** A push, or its retry, was answered. @returns what is wrong with its number, in sentences */
  confirm(push: SentPush, number: number): string[] {
    this.#unknown.delete(push);
    const holder = this.#confirmed.get(number);
    if (holder === push) return [];
    const first = [...this.#confirmed].find(([, confirmed]) => confirmed === push)?.[0];
    if (first !== undefined) return [`A retry got number ${number}, the first answer was ${first}.`];
    if (holder) return [`Number ${number} was given to two pushes.`];
    this.#confirmed.set(number, push);
    if (number <= push.after) return [`Number ${number} came after number ${push.after}.`];
    return [];
  }

  /** @returns what is wrong with the whole stack as listed, newest first, in sentences */
  faultsOf(listed: readonly Listed[]): string[] {
    const top = listed[0]?.number ?? 0;
    const numbers = listed.map(({ number }) => number);
    const newest = newestOf(top);
    const faults: string[] = [];
    if (numbers.join() !== newest.join())
      faults.push(`Listed are ${numbers.join()}, the newest of ${top} are ${newest.join()}.`);
    const greatest = Math.max(0, ...this.#confirmed.keys());
    if (top < greatest) faults.push(`Number ${greatest} was confirmed, the newest is ${top}.`);
    // Every number was given to a push: to a confirmed one, or to one whose answer was lost.
    const storedUnknown = top - this.#countConfirmedTo(top);
    if (storedUnknown > this.#unknown.size)
      faults.push(`${storedUnknown} numbers up to ${top} went to no push; ${this.#unknown.size} could be.`);
    return [...faults, ...this.#faultsOfTexts(listed)];
  }

  #countConfirmedTo(top: number): number {
    return [...this.#confirmed.keys()].filter((number) => number <= top).length;
  }

  #faultsOfTexts(listed: readonly Listed[]): string[] {
    const candidates = new Set(this.#unknown);
    return listed.flatMap((snippet) => {
      const { number } = snippet;
      const confirmed = this.#confirmed.get(number);
      if (confirmed) return isSameText(snippet, confirmed) ? [] : [`Number ${number} has another text.`];
      const push = [...candidates].find((candidate) => isSameText(snippet, candidate));
      if (!push) return [`Number ${number} is there a second time, or was never pushed.`];
      candidates.delete(push);
      return number > push.after ? [] : [`Number ${number} came after number ${push.after}.`];
    });
  }
}

/** The numbers that a stack lists after so many pushes. */
function newestOf(pushes: number): number[] {
  return Array.from({ length: Math.min(pushes, limits.stackSnippets) }, (_, index) => pushes - index);
}

function isSameText(one: TextFacts, other: TextFacts): boolean {
  return one.sha256 === other.sha256 && one.sizeBytes === other.sizeBytes;
}

/** What came of pushes and pops that were sent all at once to a stack that already had some pushed. */
export interface Turmoil {
  /** So many of the pushes were answered before the others were sent. */
  readonly first: number;
  readonly pushed: readonly number[];
  readonly popped: readonly number[];
  /** Newest first. */
  readonly remaining: readonly number[];
  /** Pops that found nothing. */
  readonly emptyPops: number;
}

/**
 * Whether the answers are those of a stack that did one thing after the other, in any order: each number from
 * 1 on pushed once, a pop takes the newest, and the oldest of 21 leaves.
 * @returns what is wrong, in sentences
 */
export function faultsOfTurmoil(turmoil: Turmoil): string[] {
  const { pushed, popped, remaining } = turmoil;
  const ascending = pushed.toSorted((a, b) => a - b);
  if (ascending.some((number, index) => number !== index + 1))
    return [`Pushes got the numbers ${ascending.join()}: not each from 1 on, once.`];
  const gone = [...popped, ...remaining].toSorted((a, b) => a - b);
  if (new Set(gone).size < gone.length)
    return [`Popped ${popped.join()} and remaining ${remaining.join()}: one is there twice.`];
  if (gone.some((number) => number > ascending.length)) return ['There is one that was never pushed.'];
  const left = ascending.filter((number) => !gone.includes(number));
  if (left.some((number) => remaining.some((other) => other < number)))
    return [`${left.join()} left, and of ${remaining.join()} one is older.`];
  return isPossible(turmoil, left.length) ? [] : [`No order of them leaves ${left.join() || 'none'} out.`];
}

/** A moment of a stack: how many have left by the rule of 20, and how many lie there that will be popped. */
interface Moment {
  readonly left: number;
  readonly toPop: number;
}

/**
 * Tries all orders at once. Pushes are in the order of their numbers. What is popped lies on top of what is
 * not, so all of it must be off before the next that stays is pushed; and so a moment is two counts.
 */
function isPossible({ first, pushed, popped, emptyPops }: Turmoil, leaving: number): boolean {
  let moments: Moment[] = [{ left: 0, toPop: 0 }];
  let staying = 0;
  let wasEmpty = first === 0;
  for (let number = 1; number <= pushed.length; number++) {
    const isPopped = popped.includes(number);
    if (!isPopped) staying += 1;
    moments = moments
      .filter(({ toPop }) => isPopped || toPop === 0)
      .map(({ left, toPop }) => ({ left, toPop: isPopped ? toPop + 1 : 0 }))
      .map((moment) => (count(moment, staying) > limits.stackSnippets ? leave(moment) : moment))
      // The oldest leaves only where it is one of those that left.
      .filter(({ left }) => left <= Math.min(leaving, staying));
    // Nothing is popped before the first pushes are answered.
    if (number >= first) moments = distinct(moments.flatMap(withPops));
    if (number >= first && moments.some((moment) => count(moment, staying) === 0)) wasEmpty = true;
  }
  const isReached = moments.some(({ left, toPop }) => left === leaving && toPop === 0);
  return isReached && (emptyPops === 0 || wasEmpty);
}

function count({ left, toPop }: Moment, staying: number): number {
  return staying - left + toPop;
}

function leave({ left, toPop }: Moment): Moment {
  return { left: left + 1, toPop };
}

/** The same moment after none, some, or all that will be popped is. */
function withPops({ left, toPop }: Moment): Moment[] {
  return Array.from({ length: toPop + 1 }, (_, rest) => ({ left, toPop: rest }));
}

function distinct(moments: readonly Moment[]): Moment[] {
  return [...new Map(moments.map((moment) => [`${moment.left} ${moment.toPop}`, moment])).values()];
}
