// Every problem in words for people: what happened and what to do next. Exhaustive by type.

import type { Problem, ProblemCode } from '../shared/problem.ts';

/** Puts values for {0}, {1}… into a message, in the reader's language. */
export type Translate = (message: string, ...values: (string | number)[]) => string;

/** What a message's button does. */
export type Action = 'retry' | 'signIn' | 'openSettings' | 'showLog';

export interface Words {
  readonly message: string;
  readonly actions: readonly Action[];
}

type Wording = (problem: Problem, t: Translate) => Words;

const wordings: Record<ProblemCode, Wording> = {
  invalid_argument: ({ detail, field }, t) => ({
    message: t('pybin can’t take this. {0}', detail),
    actions: field?.startsWith('pybin.') ? ['openSettings'] : ['showLog'],
  }),
  unauthenticated: (_, t) => ({
    message: t('This key is not, or no longer, known where it was sent. Sign in with another one.'),
    actions: ['signIn', 'retry'],
  }),
  forbidden: (_, t) => ({
    message: t('This key may not do that. Sign in with one that may.'),
    actions: ['signIn', 'retry'],
  }),
  not_found: (_, t) => ({
    message: t('There is nothing on your stack: push something first.'),
    actions: [],
  }),
  method_not_allowed: (_, t) => ({
    message: t('The endpoint doesn’t know this request. Is it pybin, and as new as this extension?'),
    actions: ['openSettings'],
  }),
  alias_taken: (_, t) => ({
    message: t('Another snippet on your stack has this alias. Take another one, or delete that snippet.'),
    actions: [],
  }),
  keys_full: ({ detail }, t) => ({
    message: t('You have as many keys as there may be. {0}', detail),
    actions: [],
  }),
  burning: (_, t) => ({
    message: t('This snippet is gone after being read. Open its link in a browser to read it.'),
    actions: [],
  }),
  lost: (_, t) => ({
    message: t(
      'The archive doesn’t find this record any more: its text is gone. What lies on your stack is not touched.',
    ),
    actions: ['showLog'],
  }),
  stale: (_, t) => ({
    message: t('The snippet was changed in the meantime. Pull it, then decide.'),
    actions: [],
  }),
  too_large: ({ limit }, t) => ({
    message: limit
      ? t('Too large to push: the limit is {0}. Select less.', sizeLabel(limit))
      : t('Too large to push. Select less.'),
    actions: [],
  }),
  not_text: ({ detail }, t) => ({
    message: t('This can’t be pushed as text. {0} Correct that character and push again.', detail),
    actions: [],
  }),
  rate_limited: ({ retryAfterSeconds }, t) => ({
    message: retryAfterSeconds
      ? t('Too many requests at once. Try again in {0} s.', retryAfterSeconds)
      : t('Too many requests at once. Try again in a moment.'),
    actions: ['retry'],
  }),
  canceled: (_, t) => ({ message: t('Given up.'), actions: [] }),
  internal: ({ requestId }, t) => ({
    message: requestId
      ? t('Something broke at the edge (request {0}). Trying again is safe.', requestId)
      : t('Something broke at the edge. Trying again is safe.'),
    actions: ['retry', 'showLog'],
  }),
  unavailable: (_, t) => ({
    message: t('The edge can’t be reached. Is it running, and is the endpoint right?'),
    actions: ['retry', 'openSettings'],
  }),
};

/** A problem for people. */
export function wordsFor(problem: Problem, t: Translate): Words {
  return wordings[problem.code](problem, t);
}

const UNITS = ['B', 'KB', 'MB', 'GB'] as const;

/** A size as people read it: `512 B`, `1.2 KB`, `10 MB`. MB is 1024² bytes. */
export function sizeLabel(sizeBytes: number): string {
  let value = sizeBytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 10 || Number.isInteger(value) ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit] ?? ''}`;
}
