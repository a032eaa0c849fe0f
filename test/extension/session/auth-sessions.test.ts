// What the editor's list of accounts hears: who came, who went, who has another key.

import { describe, expect, it } from 'vitest';
import {
  authChange,
  type AuthSession,
  hasAuthScopes,
  toAuthSessions,
} from '../../../extension/session/auth-sessions.ts';
import { type Account, type Accounts, noAccounts } from '../../../extension/session/accounts.ts';

const endpoint = 'https://pybin.example';
const account = (userId: string, fields: Partial<Account> = {}): Account => ({
  userId,
  key: `key-of-${userId}`,
  isOwn: true,
  isRefused: false,
  ...fields,
});
const both: Accounts = { current: account('ada'), others: [account('bob')] };

describe('sessions', () => {
  it('are those of all accounts, each named with its instance', () => {
    expect(toAuthSessions(endpoint, both)).toMatchObject([
      { accessToken: 'key-of-ada', account: { label: 'ada (pybin.example)' } },
      { accessToken: 'key-of-bob', account: { label: 'bob (pybin.example)' } },
    ]);
  });

  it('are not those of accounts whose key was refused', () => {
    const accounts = { current: account('ada', { isRefused: true }), others: [account('bob')] };
    expect(toAuthSessions(endpoint, accounts).map(({ accessToken }) => accessToken)).toEqual(['key-of-bob']);
  });

  it('of two instances are never the same', () => {
    const [here] = toAuthSessions(endpoint, both);
    const [there] = toAuthSessions('https://other.example', both);
    expect(here?.id).not.toBe(there?.id);
    expect(here?.account.label).not.toBe(there?.account.label);
  });
});

function names(sessions: readonly AuthSession[]): (string | undefined)[] {
  return sessions.map(({ account: { label } }) => label.split(' ')[0]);
}

describe('a change', () => {
  const before = toAuthSessions(endpoint, both);

  it.each<[string, Accounts, { added: string[]; removed: string[]; changed: string[] } | undefined]>([
    ['of nothing is none', both, undefined],
    ['of who counts is none', { current: account('bob'), others: [account('ada')] }, undefined],
    [
      'tells who came',
      { current: account('eve'), others: [account('ada'), account('bob')] },
      { added: ['eve'], removed: [], changed: [] },
    ],
    [
      'tells who went',
      { current: undefined, others: [account('bob')] },
      { added: [], removed: ['ada'], changed: [] },
    ],
    [
      'tells whose key was refused',
      { current: account('ada', { isRefused: true }), others: [account('bob')] },
      { added: [], removed: ['ada'], changed: [] },
    ],
    [
      'tells who has another key',
      { current: account('ada', { key: 'new' }), others: [account('bob')] },
      { added: [], removed: [], changed: ['ada'] },
    ],
    ['tells that all went', noAccounts, { added: [], removed: ['ada', 'bob'], changed: [] }],
  ])('%s', (_, accounts, expected) => {
    const change = authChange(before, toAuthSessions(endpoint, accounts));
    expect(
      change && {
        added: names(change.added),
        removed: names(change.removed),
        changed: names(change.changed),
      },
    ).toEqual(expected);
  });
});

describe('scopes', () => {
  it.each([
    [undefined, true],
    [[], true],
    [['read'], true],
    [['write', 'read'], true],
    [['read', 'admin'], false],
  ])('%j', (asked, expected) => {
    expect(hasAuthScopes(asked)).toBe(expected);
  });
});
