// What becomes of a text with secrets: nothing of it goes without a reason.

import { describe, expect, it } from 'vitest';
import type { Place } from '../../../extension/place.ts';
import { checkSecrets } from '../../../extension/secrets/secret-check.ts';

const text = 'password = "hunter2!x"\n';
const secret = { what: 'password', start: 12, end: 21 };
const shown = {
  what: 'password',
  place: { cell: 2, line: 8 },
  textLine: 0,
  maskedLine: 'password = "••••••••"',
};
/** The text begins at the eighth line of a cell. */
const placeOf = (textLine: number): Place => ({ cell: 2, line: textLine + 8 });

describe('a text with a secret', () => {
  it.each([
    ['goes with a reason', 'a test account', { kind: 'allowed', reason: 'a test account' }],
    ['goes with a reason without the blanks around it', ' why \n', { kind: 'allowed', reason: 'why' }],
    ['stays where no reason is given', undefined, { kind: 'kept', secrets: [shown] }],
    ['stays where the reason is blank', '  ', { kind: 'kept', secrets: [shown] }],
  ])('%s', async (_what, reason, verdict) => {
    const asked: unknown[] = [];
    const found = await checkSecrets(text, { scan: async () => [secret], placeOf }, async (secrets) => {
      asked.push(...secrets);
      return reason;
    });
    expect(found).toEqual(verdict);
    expect(asked).toEqual([shown]);
  });

  it('is asked about nothing where there is none', async () => {
    const verdict = await checkSecrets(text, { scan: async () => [], placeOf }, () => {
      throw new Error('asked');
    });
    expect(verdict).toEqual({ kind: 'none' });
  });
});
