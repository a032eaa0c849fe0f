// Where a push comes from is told without anything secret in it, or not at all.

import { describe, expect, it } from 'vitest';
import { publicAddress, toOrigin } from '../../../extension/push/origin.ts';

describe('a remote’s address', () => {
  it.each([
    ['https://github.com/ada/shop.git', 'https://github.com/ada/shop.git'],
    ['https://ada:ghp_secret@github.com/ada/shop.git', 'https://github.com/ada/shop.git'],
    ['https://ghp_secret@github.com/ada/shop', 'https://github.com/ada/shop'],
    ['https://git.example:8443/shop.git?token=secret#x', 'https://git.example:8443/shop.git'],
    ['git@github.com:ada/shop.git', 'ssh://github.com/ada/shop.git'],
    ['ada@git.example:shop.git', 'ssh://git.example/shop.git'],
    ['ssh://ada:secret@git.example:22/shop.git', 'ssh://git.example:22/shop.git'],
  ])('%s is told as %s', (remote, expected) => {
    expect(publicAddress(remote)).toBe(expected);
  });

  it.each(['/home/ada/shop', '../shop', 'file:///home/ada/shop', 'C:\\Users\\ada\\shop', 'C:/shop', ''])(
    '%s isn’t told: it says more of the machine',
    (remote) => {
      expect(publicAddress(remote)).toBeUndefined();
    },
  );
});

describe('an origin', () => {
  const repository = {
    remotes: ['https://git.example/shop.git'],
    commit: 'ab12'.repeat(10),
    rootPath: '/w/shop',
  };
  const range = { start: { line: 3, character: 4 }, end: { line: 6, character: 0 } };

  it('has the repository, the commit, the path and the lines', () => {
    expect(toOrigin(repository, '/w/shop/src/cart.py', range)).toEqual({
      repository: 'https://git.example/shop.git',
      commit: 'ab12'.repeat(10),
      path: 'src/cart.py',
      startLine: 4,
      endLine: 6,
    });
  });

  it('has no lines where there is no one place', () => {
    expect(toOrigin(repository, '/w/shop/a.ipynb', undefined)).toMatchObject({ startLine: 0, endLine: 0 });
  });

  it.each([
    ['the repository has no address', { ...repository, remotes: ['/srv/shop'] }, '/w/shop/a.py'],
    ['the file is elsewhere', repository, '/w/shopping/a.py'],
    ['the edge would refuse it', { ...repository, commit: 'HEAD' }, '/w/shop/a.py'],
  ])('is none where %s', (_, known, path) => {
    expect(toOrigin(known, path, range)).toBeUndefined();
  });
});
