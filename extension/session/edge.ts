// The edge, reached with one key. Loaded when it is first needed: the client's libraries are the largest part of the
// extension's code.

import { type Client, connect } from '../../shared/client.ts';
import type { Result } from '../../shared/problem.ts';
import { attempt } from './attempt.ts';

export { readLiveEvent } from '../live/live-event.ts';

/** Makes a call with the client; `signal` gives it up. A refusal, a silence too, is a value. */
export type Edge = <Value>(
  call: (client: Client, signal: AbortSignal) => Promise<Value>,
  signal?: AbortSignal,
) => Promise<Result<Value>>;

export function reach(endpoint: string, key: string): Edge {
  const client = connect({ endpoint, key });
  return (call, signal) => attempt((given) => call(client, given), signal);
}
