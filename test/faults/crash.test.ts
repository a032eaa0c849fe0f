// kill -9 at random moments while pushes are on their way: what was confirmed is there, what wasn't is there
// whole or not at all, and a retry makes no second one.
// FAULT_SEED replays the same texts and kills (the machine's own timing stays its own); FAULTS=full does more.

import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CrashingEdge, type Victim } from './local-edge.ts';
import { type SentPush, StackModel } from './model.ts';
import { bake, type Recipe, recipes } from './texts.ts';
import { factsOf, User } from './user.ts';

const { rounds, pushesPerRound } =
  process.env['FAULTS'] === 'full' ? { rounds: 40, pushesPerRound: 25 } : { rounds: 4, pushesPerRound: 15 };
const seed = Number(process.env['FAULT_SEED'] ?? randomInt(2 ** 31));
const OWNERS = 4;
/** Pushes on their way at a time. */
const LANES = 6;
/** Longest time from the start of a push to the kill: most are over by then, and others under way. */
const LONGEST_DELAY_MS = 10;
/** Users whose stacks are popped at once. */
const POPPERS = 10;
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
  readonly recipe: Recipe;
  readonly victim: Victim;
  readonly atAnswer: number;
}

const popRoundPlans: fc.Arbitrary<PopRound> = fc.record({
  recipe: recipes,
  victim: fc.constantFrom('workerd', 'everything'),
  atAnswer: fc.nat(POPPERS / 2),
});

/** A user and what must be on the user's stack. */
interface Owner {
  readonly user: User;
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

beforeEach(async () => {
  stateDirectory = await mkdtemp(join(tmpdir(), 'pybin-crash-'));
  edge = await CrashingEdge.start(stateDirectory);
});

afterEach(async () => {
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
      for (let index = 0; index < OWNERS; index++)
        owners.push({ user: await User.signIn(edge, `crash-${index}`), model: new StackModel() });

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

      const plans = fc.sample(popRoundPlans, { seed, numRuns: rounds });
      for (const [index, { recipe, victim, atAnswer }] of plans.entries()) {
        const below = bake(recipe, `round ${index}, below`);
        const top = bake(recipe, `round ${index}, top`);
        for (const user of users) {
          await user.push(below, `below ${index}`);
          await user.push(top, `top ${index}`);
        }
        await popAndCrash(users, `pop ${index}`, { victim, atAnswer });
        for (const user of users) {
          expect((await user.pop(`pop ${index}`))?.text).toBe(new TextDecoder('utf-8', asItIs).decode(top));
          expect(await user.list()).toMatchObject([factsOf(below)]);
          // Out of the next round's way.
          await user.pop(`empty ${index}`);
        }
      }
    },
  );
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
        confirm(sent, await draft.owner.user.push(text, draft.mark));
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
  confirm({ ...draft, push }, await draft.owner.user.push(text, draft.mark));
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
