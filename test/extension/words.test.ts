// Every problem has words for people, and every number in them its unit.

import { describe, expect, it } from 'vitest';
import { sizeLabel, wordsFor } from '../../extension/words.ts';
import { isProblemCode, problems } from '../../shared/problem.ts';
import { translate } from './translate.ts';

const codes = Object.keys(problems).filter(isProblemCode);

describe('the words of a problem', () => {
  it.each(codes)('%s has a whole sentence and says no code', (code) => {
    const { message } = wordsFor({ code, detail: 'The detail.' }, translate);
    expect(message).toMatch(/[.?]$/);
    expect(message).not.toContain(code);
    expect(message).not.toMatch(/\{|undefined/);
  });

  it.each(['unavailable', 'rate_limited', 'internal', 'unauthenticated', 'forbidden'] as const)(
    '%s can be tried again',
    (code) => {
      expect(wordsFor({ code, detail: '' }, translate).actions).toContain('retry');
    },
  );

  it.each(['too_large', 'not_text', 'invalid_argument'] as const)(
    '%s is not tried again as it is',
    (code) => {
      expect(wordsFor({ code, detail: '' }, translate).actions).not.toContain('retry');
    },
  );

  it('say the limit in the unit people know', () => {
    const problem = { code: 'too_large', detail: '', limit: 10 * 1024 * 1024 } as const;
    expect(wordsFor(problem, translate).message).toContain('10 MB');
  });

  it('say when to try again', () => {
    const problem = { code: 'rate_limited', detail: '', retryAfterSeconds: 7 } as const;
    expect(wordsFor(problem, translate).message).toContain('7 s');
  });

  it('lead to the setting that was refused', () => {
    const problem = { code: 'invalid_argument', detail: '', field: 'pybin.endpoint' } as const;
    expect(wordsFor(problem, translate).actions).toEqual(['openSettings']);
  });
});

describe('a size', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1 KB'],
    [1229, '1.2 KB'],
    [10_240, '10 KB'],
    [10_752, '11 KB'],
    [1024 * 1024 - 1, '1024 KB'],
    [10 * 1024 * 1024, '10 MB'],
    [3 * 1024 ** 4, '3072 GB'],
  ])('of %d bytes reads %s', (sizeBytes, expected) => {
    expect(sizeLabel(sizeBytes)).toBe(expected);
  });
});
