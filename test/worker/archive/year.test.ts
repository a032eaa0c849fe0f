// A year played through: 400 days of pushes, where the index, R2 and the API agree at every step.

import { expect, it } from 'vitest';
import { signIn } from '../edge.ts';
import { atSeconds, ring, rowsOf, useOwnClock } from '../stack-inside.ts';
import { bytesOf, indexedTexts } from './bucket.ts';

useOwnClock();

const DAY_SECONDS = 86_400;

it('keeps each record for a year and not a day longer, in the index, in R2 and for the API', async () => {
  const ada = await signIn('a-whole-year');
  for (let day = 0; day < 400; day++) {
    atSeconds(day * DAY_SECONDS);
    await ada.push(`day ${day}`, '?ttl=2d');
    // The alarm of this day: what expired goes, what waits is archived, what is a year old ends.
    atSeconds(day * DAY_SECONDS + 400);
    await ring('a-whole-year');
    if (day % 40 !== 39) continue;
    const firstDay = Math.max(0, day - 364);
    const expected = Array.from({ length: day - firstDay + 1 }, (_, index) => firstDay + index);
    const texts = await indexedTexts('a-whole-year');
    expect(Object.values(texts)).toEqual(expected.map((each) => `day ${each}`));
    const { stored, indexed } = await bytesOf('a-whole-year');
    expect(stored).toBe(indexed);
    const shown: number[] = [];
    let pageToken = '';
    do {
      const page: { entries: { number: number }[]; nextPageToken: string } = await (
        await ada.ask(`/v1/history?pageSize=100&pageToken=${pageToken}`)
      ).json();
      shown.push(...page.entries.map(({ number }) => number));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    expect(shown.toReversed()).toEqual(expected.map((each) => each + 1));
    expect((await rowsOf('a-whole-year', 'snippets')).length).toBeLessThanOrEqual(2);
  }
}, 120_000);
