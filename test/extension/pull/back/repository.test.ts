// A repository is the same however it is reached; nothing but a commit and a path within is ever asked of git.

import { describe, expect, it } from 'vitest';
import { isCommit, isPathWithin, isSameRepository } from '../../../../extension/pull/back/repository.ts';

describe('two addresses of a repository', () => {
  it.each([
    ['https://github.com/ada/shop', 'https://github.com/ada/shop.git'],
    ['git@github.com:ada/shop.git', 'https://github.com/ada/shop'],
    ['ssh://git@github.com:22/ada/shop.git', 'git@github.com:ada/shop'],
    ['https://ada:token@GitHub.com/Ada/Shop/', 'github.com:ada/shop.git'],
    ['git://git.example/a/b/c.git', 'https://git.example:8443/a/b/c'],
  ])('%s is %s', (one, other) => {
    expect(isSameRepository(one, other)).toBe(true);
    expect(isSameRepository(other, one)).toBe(true);
  });

  it.each([
    ['https://github.com/ada/shop', 'https://github.com/bob/shop'],
    ['https://github.com/ada/shop', 'https://gitlab.com/ada/shop'],
    ['https://github.com/ada/shop', 'https://github.com/ada/shop.github'],
    ['', ''],
    ['/srv/git/shop', '/srv/git/shop'],
    ['https://github.com/', 'https://github.com/'],
  ])('%s is not %s', (one, other) => {
    expect(isSameRepository(one, other)).toBe(false);
  });
});

describe('a commit', () => {
  it.each([
    ['0123456789abcdef0123456789abcdef01234567', true],
    ['0123456', true],
    ['012345', false],
    ['HEAD', false],
    ['--output=x', false],
    ['0123456 --output=x', false],
    ['', false],
  ])('"%s": %s', (text, expected) => {
    expect(isCommit(text)).toBe(expected);
  });
});

describe('a path within a repository', () => {
  it.each([
    ['a.py', true],
    ['shop/cart/a b.py', true],
    ['', false],
    ['/etc/passwd', false],
    ['../a.py', false],
    ['a/../../b.py', false],
    ['a//b.py', false],
    ['a\\..\\b.py', false],
  ])('"%s": %s', (path, expected) => {
    expect(isPathWithin(path)).toBe(expected);
  });
});
