// Speed of the edge on this machine, as ratios to a constant response of the bare runtime in the same run.
// The scenarios are interleaved in short turns, so that the machine's moods touch all of them alike.

import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { Client } from 'undici';
import { requireAnswer } from './requests.ts';
import { prepareScenarios, type Scenario } from './scenarios.ts';
import { full } from './settings.ts';
import { type Figures, figuresOf, medianOf } from './statistics.ts';
import { withEdge } from './temporary-edge.ts';

const ROUNDS = full(20, 3);
/** Until each stack is full and its log of writes has reached the size that it keeps. */
const WARM_UP_ROUNDS = full(5, 1);
const TURN_MS = full(250, 150);
/** Requests of a turn at least, however long they take. */
const LEAST_PER_TURN = 2;

export interface Measured extends Figures {
  readonly scenario: string;
  /** Requests a second, as a part of the constant response's in the same round. */
  readonly ratio: number;
  readonly target: number | undefined;
}

/** Measures each scenario over one connection. @throws on any answer that isn't a good one */
export async function measureEdge(): Promise<Measured[]> {
  const bare = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: "export default { fetch: () => new Response('ok') };",
      compatibilityDate: '2026-10-20',
      host: '127.0.0.1',
      port: 0,
    }),
  );
  try {
    const bareUrl = (await bare.ready).origin;
    return await withEdge({ rateLimit: false }, (url) => measureScenarios(bareUrl, url));
  } finally {
    await bare.dispose();
  }
}

async function measureScenarios(bareUrl: string, url: string): Promise<Measured[]> {
  const bare = new Client(bareUrl);
  const edge = new Client(url);
  try {
    return await interleave(await prepareScenarios(bare, edge, url));
  } finally {
    await Promise.all([bare.destroy(), edge.destroy()]);
  }
}

async function interleave(scenarios: readonly Scenario[]): Promise<Measured[]> {
  const turns = scenarios.map((): number[][] => []);
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++)
    for (const [index, scenario] of scenarios.entries()) {
      const turn = await takeTurn(scenario);
      if (round >= 0) turns[index]?.push(turn);
    }
  const constant = turns[0] ?? [];
  return scenarios.map(({ name, target }, index) => {
    const own = turns[index] ?? [];
    return { ...figuresOf(own.flat()), scenario: name, ratio: ratioOf(own, constant), target };
  });
}

/** Turns compared with those of the same round: the median, so that a bad moment of the machine doesn't count. */
function ratioOf(own: readonly number[][], constant: readonly number[][]): number {
  return medianOf(
    own.map((turn, round) => figuresOf(turn).perSecond / figuresOf(constant[round] ?? []).perSecond),
  );
}

async function takeTurn({ client, request, status }: Scenario): Promise<number[]> {
  const durationsMs: number[] = [];
  const endMs = performance.now() + TURN_MS;
  while (performance.now() < endMs || durationsMs.length < LEAST_PER_TURN) {
    const options = request();
    const startMs = performance.now();
    await requireAnswer(client, options, status);
    durationsMs.push(performance.now() - startMs);
  }
  return durationsMs;
}
