// The ways to sign in, as data: which there are, in which order they are tried, what each needs, and how one can end.

import type { Problem } from '../../../shared/problem.ts';

export type FlowId = 'browser' | 'code' | 'key';

export interface Flow {
  readonly id: FlowId;
  /** It ends with the browser sending the person back to this window. */
  readonly needsCallback: boolean;
}

/** In the order in which they are tried: what takes the fewest steps first. */
export const flows: readonly Flow[] = [
  { id: 'browser', needsCallback: true },
  // A code is typed on whichever device the person is signed in on (RFC 8628).
  { id: 'code', needsCallback: false },
  { id: 'key', needsCallback: false },
];

/** What this window can do. */
export interface Surroundings {
  /** Whether an address leads from the browser back to this window, and the edge sends people there. */
  readonly hasCallback: boolean;
}

/** The ways that work here, the one to begin with first. */
export function getFlows({ hasCallback }: Surroundings): readonly FlowId[] {
  return flows.filter(({ needsCallback }) => hasCallback || !needsCallback).map(({ id }) => id);
}

/** The ways that come after one, for whoever it leads nowhere. */
export function flowsAfter(id: FlowId): readonly FlowId[] {
  const all = flows.map((flow) => flow.id);
  return all.slice(all.indexOf(id) + 1);
}

/** A key and whose it is. */
export interface KeyOf {
  readonly userId: string;
  readonly key: string;
}

/** How a flow ended. */
export type FlowEnd =
  /** The edge made a key for this editor. */
  | { readonly kind: 'issued'; readonly owner: KeyOf }
  /** The person gave one of their own. */
  | { readonly kind: 'pasted'; readonly key: string }
  /** The person gave it up here. */
  | { readonly kind: 'canceled' }
  /** The person said no on the page. */
  | { readonly kind: 'denied' }
  /** Nobody answered in time. */
  | { readonly kind: 'expired' }
  | { readonly kind: 'failed'; readonly problem: Problem };
