// Reaching the edge with a key. The key lives on in a closure alone, where nothing prints it.

import { limits } from '../../shared/limits.ts';
import type { Log } from '../log.ts';
import { once } from '../once.ts';
import type { Account } from './accounts.ts';
import type { Edge } from './edge.ts';

/** `refused` hears that the edge doesn't know the key, before whoever asked does. */
export function reach(endpoint: string, key: string, refused?: () => Promise<void>): Edge {
  const getEdge = once(async () => {
    const loaded = await import('./edge.ts');
    return loaded.reach(endpoint, key);
  });
  return async (call, signal) => {
    const edge = await getEdge();
    const answer = await edge(call, signal);
    if (!answer.ok && answer.problem.code === 'unauthenticated') await refused?.();
    return answer;
  };
}

/**
 * Revokes the key of an account that is kept no more, where it was made for this editor: an owner has twenty at most.
 * One that can't be revoked now is still seen on the account's page.
 */
export async function discard(
  endpoint: string,
  { key, isOwn, isRefused }: Account,
  log: Pick<Log, 'warn'>,
): Promise<void> {
  if (!isOwn || isRefused) return;
  const revoked = await reach(endpoint, key)(
    (client, signal) => client.revoke(signal),
    AbortSignal.timeout(limits.editor.patienceMs),
  );
  if (!revoked.ok) log.warn(`A key that is used no more could not be revoked: ${revoked.problem.code}.`);
}
