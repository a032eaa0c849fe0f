// Where the sign-in leads on to: pages of this instance that are on the list, and nowhere else.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { getReturnPath } from '../../../worker/identity/return-path.ts';

describe('the way back from the sign-in', () => {
  it.each([
    ['a page that needs a session', '/account', '/account'],
    ['a page below it', '/account/keys', '/account/keys'],
    ['a page with its query', '/connect?state=a%2Fb&x=1', '/connect?state=a%2Fb&x=1'],
    ['a snippet of somebody', '/~ada/12', '/~ada/12'],
    ['a snippet of somebody, written as browsers may', '/%7Eada/12', '/%7Eada/12'],
    ['a snippet by its link', '/s/0000000000000000000000', '/s/0000000000000000000000'],
    ['a path that is written out', '/account/../history', '/history'],
  ])('leads to %s', (_what, text, path) => {
    expect(getReturnPath(text)).toBe(path);
  });

  it.each([
    ['nothing', null],
    ['another site', 'https://evil.example/account'],
    ['another host by two slashes', '//evil.example/account'],
    ['another host by a backslash', '/\\evil.example/account'],
    ['another host by a tab that browsers drop', '/\t/evil.example/account'],
    ['a path that climbs to another host', '/account/..//evil.example'],
    ['a script', 'javascript:alert(1)'],
    ['a page that is not on the list', '/sign-out'],
    ['a page whose name only begins like one', '/accounts'],
    ['bytes that are no page', '/raw/~ada'],
    ['another host in the place of a user', '/~ada/..//evil.example'],
    ['a line break', '/account\r\nset-cookie:a'],
  ])('does not lead to %s', (_what, text) => {
    expect(getReturnPath(text)).toBeUndefined();
  });

  it('never leaves this instance, whatever is asked for', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.constant('/account')), fc.string(), (start, end) => {
        const path = getReturnPath(start + end);
        if (path === undefined) return;
        expect(new URL(path, 'https://pybin.example').origin).toBe('https://pybin.example');
      }),
    );
  });
});
