// Which account counts after each thing that a person, or the edge, does.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Account,
  type Accounts,
  allOf,
  canChoose,
  formatAccounts,
  getAccount,
  noAccounts,
  parseAccounts,
  refusedAt,
  signedIn,
  switchedTo,
  without,
} from '../../../extension/session/accounts.ts';

const account = (userId: string, fields: Partial<Account> = {}): Account => ({
  userId,
  key: `key-of-${userId}`,
  isOwn: true,
  isRefused: false,
  ...fields,
});
const ada = account('ada');
const bob = account('bob');
const eve = account('eve');
const three: Accounts = { current: ada, others: [bob, eve] };

describe('accounts', () => {
  it.each<[string, Accounts, Accounts]>([
    ['the first to sign in counts', signedIn(noAccounts, ada), { current: ada, others: [] }],
    [
      'who signs in counts, and the one before is the first of the others',
      signedIn({ current: ada, others: [bob] }, eve),
      { current: eve, others: [ada, bob] },
    ],
    [
      'who signs in again has the new key alone',
      signedIn(
        { current: ada, others: [account('bob', { isRefused: true })] },
        account('bob', { key: 'new' }),
      ),
      { current: account('bob', { key: 'new' }), others: [ada] },
    ],
    ['switching makes another count', switchedTo(three, 'eve'), { current: eve, others: [ada, bob] }],
    ['switching to who counts changes nothing', switchedTo(three, 'ada'), three],
    ['switching to who isn’t signed in changes nothing', switchedTo(three, 'mallory'), three],
    [
      'nobody takes the place of who signed out',
      without(three, 'ada'),
      { current: undefined, others: [bob, eve] },
    ],
    ['another signs out', without(three, 'bob'), { current: ada, others: [eve] }],
    [
      'a refused key marks its account',
      refusedAt(three, bob.key),
      { current: ada, others: [account('bob', { isRefused: true }), eve] },
    ],
    ['a key that nobody has any more marks nobody', refusedAt(three, 'older'), three],
  ])('%s', (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });
});

describe('a choice among accounts', () => {
  const refused = account('bob', { isRefused: true });

  it.each<[string, Accounts, boolean]>([
    ['stands open where nobody counts of those signed in', { current: undefined, others: [bob] }, true],
    ['stands open beside one whose key is refused', { current: undefined, others: [refused, eve] }, true],
    ['is made where one counts', three, false],
    ['is made where one counts whose key is refused', { current: refused, others: [eve] }, false],
    ['has nobody to choose where all keys are refused', { current: undefined, others: [refused] }, false],
    ['has nobody to choose where nobody is signed in', noAccounts, false],
  ])('%s', (_, accounts, expected) => {
    expect(canChoose(accounts)).toBe(expected);
  });
});

/** What a person and the edge can do, one after the other. */
const steps = fc.array(
  fc.record({
    step: fc.constantFrom('signIn', 'switch', 'signOut', 'refuse'),
    userId: fc.constantFrom('ada', 'bob', 'eve', 'mallory'),
  }),
);

function after(accounts: Accounts, step: string, userId: string): Accounts {
  switch (step) {
    case 'signIn':
      return signedIn(accounts, account(userId));
    case 'switch':
      return switchedTo(accounts, userId);
    case 'signOut':
      return without(accounts, userId);
    default:
      return refusedAt(accounts, `key-of-${userId}`);
  }
}

describe('whatever is done', () => {
  it('each user is there at most once, and only who was chosen counts', () => {
    fc.assert(
      fc.property(steps, (all) => {
        let accounts = noAccounts;
        for (const { step, userId } of all) {
          const before = accounts.current?.userId;
          accounts = after(accounts, step, userId);
          const userIds = allOf(accounts).map((each) => each.userId);
          expect(new Set(userIds).size).toBe(userIds.length);
          expect([before, userId, undefined]).toContain(accounts.current?.userId);
          expect(getAccount(accounts, userId) === undefined).toBe(!userIds.includes(userId));
        }
      }),
    );
  });

  it('it is read as it was written', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const accounts = all.reduce((so, { step, userId }) => after(so, step, userId), noAccounts);
        expect(parseAccounts(formatAccounts(accounts))).toEqual(accounts);
      }),
    );
  });
});

describe('what was never written', () => {
  it.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['a key', 'pyb_abc'],
    ['null', 'null'],
    ['a list', '[]'],
    ['accounts without what they need', '{"current":{"userId":"ada"},"others":[{"key":1},null]}'],
    ['others that aren’t a list', '{"others":{}}'],
  ])('holds no accounts: %s', (_, text) => {
    expect(parseAccounts(text)).toEqual(noAccounts);
  });

  it('is never an error', () => {
    fc.assert(fc.property(fc.json(), (text) => void parseAccounts(text)));
  });
});
