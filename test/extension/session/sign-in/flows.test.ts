// Which ways to sign in work where, what is left after one, and what people hear at the end of each.

import { describe, expect, it } from 'vitest';
import { flowCommands, wordsForEnd } from '../../../../extension/session/sign-in/end-words.ts';
import {
  type FlowEnd,
  type FlowId,
  flows,
  flowsAfter,
  getFlows,
} from '../../../../extension/session/sign-in/flows.ts';
import { translate } from '../../translate.ts';

describe('the ways to sign in', () => {
  it.each<[string, boolean, FlowId[]]>([
    ['an editor that the browser finds back to', true, ['browser', 'code', 'key']],
    ['an editor that no browser finds back to', false, ['code', 'key']],
  ])('in %s', (_, hasCallback, expected) => {
    expect(getFlows({ hasCallback })).toEqual(expected);
  });

  it.each<[FlowId, FlowId[]]>([
    ['browser', ['code', 'key']],
    ['code', ['key']],
    ['key', []],
  ])('after %s', (id, expected) => {
    expect(flowsAfter(id)).toEqual(expected);
  });
});

const ends: [string, FlowEnd, RegExp | undefined][] = [
  ['got a key', { kind: 'issued', owner: { userId: 'ada', key: 'k' } }, undefined],
  ['was given a key', { kind: 'pasted', key: 'k' }, undefined],
  ['was given up here', { kind: 'canceled' }, undefined],
  ['was refused on the page', { kind: 'denied' }, /refused on the page/],
  ['was never answered', { kind: 'expired' }, /in time/],
  ['failed', { kind: 'failed', problem: { code: 'unavailable', detail: '' } }, /can’t be reached/],
];

describe('a sign-in that', () => {
  it.each(ends)('%s says what happened, or nothing', (_, end, expected) => {
    const message = wordsForEnd(end, 'browser', translate)?.message;
    if (expected === undefined) expect(message).toBeUndefined();
    else expect(message).toMatch(expected);
  });

  it.each(flows.map(({ id }) => id))('failed by %s offers it again, then the ways after it', (id) => {
    const words = wordsForEnd({ kind: 'denied' }, id, translate);
    expect(words?.buttons.map(({ command }) => command)).toEqual(
      [id, ...flowsAfter(id)].map((each) => flowCommands[each]),
    );
  });
});
