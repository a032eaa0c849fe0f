// Whoever types user codes: by account and by client address, which both have ten wrong ones.

import { addressOfClient } from '../client-address.ts';
import type { Session } from '../session.ts';
import type { Guess } from './guesses.ts';

export interface Typist {
  /** Counts a code before it is looked up. */
  count(): Promise<Guess>;
  /** The code was right: it doesn't count. */
  forgive(): Promise<void>;
}

const unlimited: Guess = { isTaken: true, left: Infinity, waitSeconds: 0 };

export function typistOf(request: Request, env: Env, { routingHash }: Session): Typist {
  const address = addressOfClient(request);
  const names = [`account ${routingHash}`, ...(address === undefined ? [] : [`address ${address}`])];
  const all =
    env.RATE_LIMIT === 'off' ? [] : names.map((name) => env.GUESSES.get(env.GUESSES.idFromName(name)));
  return {
    async count() {
      const counted = await Promise.all(all.map((guesses) => guesses.count()));
      return counted.toSorted((one, other) => one.left - other.left)[0] ?? unlimited;
    },
    async forgive() {
      await Promise.all(all.map((guesses) => guesses.forgive()));
    },
  };
}
