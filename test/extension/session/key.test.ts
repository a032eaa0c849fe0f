// A pasted key has the form of one, or is refused before it is sent anywhere.

import { describe, expect, it } from 'vitest';
import { parseKey } from '../../../extension/session/key.ts';

const key = `pyb_${'aZ09'.repeat(16)}x`;

describe('a pasted key', () => {
  it.each([
    ['as it is', key],
    ['with a line end', `${key}\r\n`],
    ['with space around it', `  ${key}\t`],
  ])('is taken %s', (_, text) => {
    expect(parseKey(text)).toEqual({ ok: true, value: key });
  });

  it.each([
    ['nothing', ''],
    ['half of one', key.slice(0, 40)],
    ['one with more after it', `${key}a`],
    ['one without its prefix', key.slice(4)],
    ['another’s prefix', `ghp_${key.slice(4)}`],
    ['other characters', `${key.slice(0, -1)}-`],
    ['two of them', `${key} ${key}`],
  ])('is refused: %s', (_, text) => {
    expect(parseKey(text)).toMatchObject({ ok: false, problem: { code: 'invalid_argument' } });
  });
});
