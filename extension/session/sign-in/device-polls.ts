// How often a device asks whether its code was typed, and when it stops: RFC 8628, 3.5. Pure.

import type { Problem } from '../../../shared/problem.ts';
import type { FlowEnd, KeyOf } from './flows.ts';

/** What the edge said when it was asked. */
export type Poll =
  | { readonly kind: 'issued'; readonly owner: KeyOf }
  | { readonly kind: 'pending' | 'slowDown' }
  | { readonly kind: 'denied' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'failed'; readonly problem: Problem };

export type NextPoll =
  | { readonly kind: 'again'; readonly intervalSeconds: number }
  | { readonly kind: 'ended'; readonly end: FlowEnd };

/** What `slow_down` adds to the interval, for good. */
const SLOWER_SECONDS = 5;

/** What follows an answer. An edge that is away for a moment is asked again, ever less often. */
export function afterPoll(poll: Poll, intervalSeconds: number): NextPoll {
  switch (poll.kind) {
    case 'issued':
    case 'denied':
    case 'expired':
      return { kind: 'ended', end: poll };
    case 'pending':
      return { kind: 'again', intervalSeconds };
    case 'slowDown':
      return { kind: 'again', intervalSeconds: intervalSeconds + SLOWER_SECONDS };
    case 'failed':
      return isPassing(poll.problem)
        ? { kind: 'again', intervalSeconds: intervalSeconds * 2 }
        : { kind: 'ended', end: poll };
    default:
      return poll satisfies never;
  }
}

function isPassing({ code }: Problem): boolean {
  return code === 'unavailable' || code === 'internal' || code === 'rate_limited';
}
