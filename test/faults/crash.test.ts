// kill -9 at random moments while pushes and pops are on their way: what was confirmed is there, what wasn't is
// there whole or not at all, and a retry does nothing twice.
// FAULT_SEED replays the same texts and kills (the machine's own timing stays its own); FAULTS=full does more.

import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visibility } from '../../shared/snippet.ts';
import { CrashingEdge, type Victim } from './local-edge.ts';
import { type SentPush, StackModel } from './model.ts';
import { bake, type Recipe, recipes } from './texts.ts';
import { factsOf, User } from './user.ts';

/** In either form, each stack gets more than it keeps, and is looked at before that has left. */
const { rounds, pushesPerRound, stacks } =
  process.env['FAULTS'] === 'full'
    ? { rounds: 40, pushesPerRound: 25, stacks: 4 }
    : { rounds: 4, pushesPerRound: 15, stacks: 2 };
const seed = Number(process.env['FAULT_SEED'] ?? randomInt(2 ** 31));
/** Pushes on their way at a time. */
const LANES = 6;
/** Longest time from the start of a push to the kill: most are over by then, and others under way. */
const LONGEST_DELAY_MS = 10;
/** Users whose stacks are popped at once. */
const POPPERS = 8;
const asItIs = { fatal: true, ignoreBOM: true };
const FULL_FORM_MS = 600_000;

/** One kill, and the pushes among which it comes. */
interface Round {
  readonly recipes: readonly Recipe[];
  readonly victim: Victim;
  /** The kill comes so long after this one of the pushes was sent. */
  readonly atPush: number;
  readonly delayMs: number;
}

const roundPlans: fc.Arbitrary<Round> = fc.record({
  recipes: fc.array(recipes, { minLength: pushesPerRound, maxLength: pushesPerRound }),
  victim: fc.constantFrom('workerd', 'everything'),
  atPush: fc.nat(pushesPerRound - 1),
  delayMs: fc.nat(LONGEST_DELAY_MS),
});

/** One kill, as this one of the answers to many pops comes. */
interface PopRound {
  /** One for each user. */
  readonly recipes: readonly Recipe[];
  readonly victim: Victim;
  readonly atAnswer: number;
}

const popRoundPlans: fc.Arbitrary<PopRound> = fc.record({
  recipes: fc.array(recipes, { minLength: POPPERS, maxLength: POPPERS }),
  victim: fc.constantFrom('workerd', 'everything'),
  atAnswer: fc.nat(POPPERS / 2),
});

/** A user and what must be on the user's stack. */
interface Owner {
  readonly user: User;
  /** What is private never waits for the archive: when it leaves the stack, it is gone at once. */
  readonly visibility: Visibility;
  readonly model: StackModel;
}

interface Draft {
  readonly owner: Owner;
  readonly recipe: Recipe;
  /** In the text, and the Idempotency-Key of its push. */
  readonly mark: string;
}

/** A draft that was sent. */
interface Sent extends Draft {
  readonly push: SentPush;
}

let stateDirectory: string;
let edge: CrashingEdge;

beforeAll(async () => {
  stateDirectory = await mkdtemp(join(tmpdir(), 'pybin-crash-'));
  edge = await CrashingEdge.start(stateDirectory);
});

afterAll(async () => {
  await edge.end();
  await rm(stateDirectory, { recursive: true, force: true });
});

describe('an edge that is killed', () => {
  it(
    `keeps what it confirmed, whole and in order, and no retry makes a second one: ${rounds} kills in ${
      rounds * pushesPerRound
    } pushes, FAULT_SEED=${seed}`,
    { timeout: FULL_FORM_MS },
    async () => {
      const owners: Owner[] = [];
      for (let index = 0; index < stacks; index++)
        owners.push({
          user: await User.signIn(edge, `crash-${index}`),
          visibility: visibilityOf(index),
          model: new StackModel(),
        });

      let lost = 0;
      for (const [index, round] of fc.sample(roundPlans, { seed, numRuns: rounds }).entries()) {
        const drafts = draftsOf(round, owners, index);
        const outcome = await pushAndCrash(drafts, round);
        for (const owner of owners) await checkStack(owner);
        for (const sent of [...outcome.lost, ...outcome.confirmed]) await send(sent, sent.push);
        for (const draft of outcome.unsent) await send(draft);
        for (const { user, model } of owners) expect(model.faultsOf(await user.list())).toEqual([]);
        lost += outcome.lost.length;
      }
      for (const owner of owners) await checkStack(owner);
      // Else every kill hit an edge at rest, and nothing was tried.
      expect(lost).toBeGreaterThan(0);
    },
  );
});

describe('a pop that is on its way when the edge is killed', () => {
  it(
    `takes off one, and its retry gives that one’s text: ${rounds} kills, FAULT_SEED=${seed}`,
    { timeout: FULL_FORM_MS },
    async () => {
      const users: User[] = [];
      for (let index = 0; index < POPPERS; index++) users.push(await User.signIn(edge, `popper-${index}`));

      for (const [index, round] of fc.sample(popRoundPlans, { seed, numRuns: rounds }).entries()) {
        const waiting = round.recipes.flatMap((recipe, place) => {
          const user = users[place];
          const below = bake(recipe, `round ${index}, below`);
          return user ? { user, below, top: bake(recipe, `round ${index}, top`) } : [];
        });
        for (const { user, below, top } of waiting) {
          // Two a round: no number comes back, though what had it is gone.
          expect(await user.push(below, `below ${index}`)).toBe(2 * index + 1);
          expect(await user.push(top, `top ${index}`)).toBe(2 * index + 2);
        }
        await popAndCrash(users, `pop ${index}`, round);
        for (const { user, below, top } of waiting) {
          expect((await user.pop(`pop ${index}`))?.text).toBe(new TextDecoder('utf-8', asItIs).decode(top));
          expect(await user.list()).toMatchObject([factsOf(below)]);
          // Out of the next round's way.
          await user.pop(`empty ${index}`);
        }
      }
    },
  );
});

describe('a number', () => {
  it('is never given out again, however its snippet went and though all was killed then', async () => {
    const text = new TextEncoder().encode('the newest');
    const popper = await User.signIn(edge, 'newest-popped');
    await popper.push(text, 'first', 'private');
    await popper.pop();
    const remover = await User.signIn(edge, 'newest-deleted');
    await remover.push(text, 'first', 'private');
    for (const { id } of await remover.list()) await remover.ask(`/s/${id}`, { method: 'DELETE' });
    const burner = await User.signIn(edge, 'newest-burnt');
    const pushed = await burner.ask('/?burn=1', { method: 'POST', body: text });
    await fetch(`${pushed.headers.get('location')}/reveal`, { method: 'POST' });

    await edge.crash('everything');
    for (const user of [popper, remover, burner]) {
      expect(await user.list()).toEqual([]);
      expect(await user.push(text, 'second')).toBe(2);
    }
  });
});

/** Pops each user's stack at once and kills as an answer comes; resolves when the edge is back. */
async function popAndCrash(
  users: readonly User[],
  requestId: string,
  { victim, atAnswer }: Pick<PopRound, 'victim' | 'atAnswer'>,
): Promise<void> {
  let answers = 0;
  let crash: Promise<void> | undefined;
  const pop = async (user: User) => {
    try {
      await user.pop(requestId);
      if (answers++ === atAnswer) crash = edge.crash(victim);
    } catch (error) {
      if (!(error instanceof TypeError) || !crash) throw error;
    }
  };
  await Promise.all(users.map(pop));
  await crash;
}

function visibilityOf(index: number): Visibility {
  return index % 2 === 0 ? 'public' : 'private';
}

function draftsOf(round: Round, owners: readonly Owner[], roundIndex: number): Draft[] {
  return round.recipes.map((recipe, index) => {
    const owner = owners[index % owners.length];
    if (!owner) throw new Error('there are no owners');
    return { owner, recipe, mark: `round ${roundIndex}, push ${index}` };
  });
}

/** Sends the drafts, a few at a time, until the kill; resolves when the edge is back. */
async function pushAndCrash(
  drafts: readonly Draft[],
  { victim, atPush, delayMs }: Round,
): Promise<{ confirmed: Sent[]; lost: Sent[]; unsent: Draft[] }> {
  const confirmed: Sent[] = [];
  const lost: Sent[] = [];
  const unsent = [...drafts];
  let crash: Promise<void> | undefined;
  let isKilled = false;

  const crashAfterDelay = async () => {
    // No wait for anything: the random moment itself.
    await after(delayMs);
    isKilled = true;
    await edge.crash(victim);
  };
  const pushOn = async () => {
    for (let draft = unsent.shift(); draft; draft = isKilled ? undefined : unsent.shift()) {
      if (draft === drafts[atPush]) crash = crashAfterDelay();
      const text = bake(draft.recipe, draft.mark);
      const push = draft.owner.model.send(factsOf(text));
      const sent = { ...draft, push };
      try {
        confirm(sent, await pushText(draft, text));
        confirmed.push(sent);
      } catch (error) {
        // The connection broke. Whether the text is stored, nobody knows.
        if (!(error instanceof TypeError) || !isKilled) throw error;
        lost.push(sent);
      }
    }
  };

  await Promise.all(Array.from({ length: LANES }, pushOn));
  await crash;
  return { confirmed, lost, unsent };
}

/** Sends a draft to an edge that is there, for the first time or again. */
async function send(draft: Draft, earlier?: SentPush): Promise<void> {
  const text = bake(draft.recipe, draft.mark);
  const push = earlier ?? draft.owner.model.send(factsOf(text));
  confirm({ ...draft, push }, await pushText(draft, text));
}

function pushText({ owner, mark }: Draft, text: Uint8Array<ArrayBuffer>): Promise<number> {
  return owner.user.push(text, mark, owner.visibility);
}

function confirm({ owner, push }: Sent, number: number): void {
  expect(owner.model.confirm(push, number)).toEqual([]);
}

/** The whole stack is as its model says, and each text is byte for byte the one that is listed. */
async function checkStack({ user, model }: Owner): Promise<void> {
  const listed = await user.list();
  expect(model.faultsOf(listed)).toEqual([]);
  for (const { number, sha256, sizeBytes } of listed)
    expect({ number, ...factsOf(await user.read(number)) }).toEqual({ number, sha256, sizeBytes });
}
