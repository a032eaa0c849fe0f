// What a hover over the status bar tells where nothing is on the stack, or nobody knows what is.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { StackState } from '../../../extension/stack/stack-state.ts';
import { standingOf, walkthroughId } from '../../../extension/status/no-snippet.ts';
import { translate } from '../translate.ts';

const unreachable = { code: 'unavailable', detail: '' } as const;
const nothing = { snippets: [], gone: [] };

describe('a hover without a snippet', () => {
  it.each<[string, StackState, RegExp, string[]]>([
    [
      'signed out: what pybin is, and the way in',
      { kind: 'signedOut', canChoose: false },
      /^Your stack carries code between/,
      ['Sign In', 'Push', 'How It Works'],
    ],
    [
      'signed in, and nobody chosen: the choice',
      { kind: 'signedOut', canChoose: true },
      /^You are signed in, and nobody’s stack is chosen\.$/,
      ['Choose an Account', 'Push', 'How It Works'],
    ],
    [
      'whose key is not known any more: the way in',
      { kind: 'failed', problem: { code: 'unauthenticated', detail: '' } },
      /Sign in with another one\.$/,
      ['Sign In', 'Push', 'How It Works'],
    ],
    [
      'before the first answer: what is asked',
      { kind: 'asking' },
      /^Your stack .* Asking what is on it…$/,
      ['Push', 'History', 'How It Works'],
    ],
    [
      'of an empty stack: what comes to lie there',
      { kind: 'known', contents: nothing, problem: undefined },
      /^Nothing is on your stack\. What you push/,
      ['Push', 'History', 'How It Works'],
    ],
    [
      'of an empty stack that may not be empty any more: why',
      { kind: 'known', contents: nothing, problem: unreachable },
      /^Nothing is on your stack\..* The edge can’t be reached\./,
      ['Push', 'History', 'How It Works'],
    ],
    [
      'where the edge is away: that, and what helps',
      { kind: 'failed', problem: unreachable },
      /^The edge can’t be reached\./,
      ['Try Again', 'Push', 'Show Log'],
    ],
  ])('%s', (_what, state, said, titles) => {
    const standing = standingOf(state, translate);
    expect(standing.said.join(' ')).toMatch(said);
    expect(standing.next.map(({ title }) => title)).toEqual(titles);
  });

  it('leads to the walkthrough that the manifest has', () => {
    const { publisher, name, contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(walkthroughId).toBe(`${publisher}.${name}#${contributes.walkthroughs[0].id}`);
  });
});
