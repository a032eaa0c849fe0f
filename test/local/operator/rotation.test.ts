// A rotation of the instance's secret, as text.

import { describe, expect, it } from 'vitest';
import { requireSeal } from '../../../worker/ids/seal.ts';
import { requireOpening, rotate } from '../../../worker/operator/rotation.ts';

const id = requireSeal('old', 'link').seal({ routingHash: '0'.repeat(20), number: 1 });

describe('a rotation', () => {
  it.each([
    ['one secret', 'old', 'fresh,old'],
    ['several, newest first', 'newer,old', 'fresh,newer,old'],
    ['a file that somebody wrote', ' newer ,\n old,\n', 'fresh,newer,old'],
  ])('puts the fresh secret before %s', (_what, secrets, rotated) => {
    expect(rotate(secrets, 'fresh')).toBe(rotated);
  });

  it.each(['', ' ', ' , '])('needs one from before: "%s" is none', (secrets) => {
    expect(() => rotate(secrets, 'fresh')).toThrow('There is no secret yet');
  });

  it('leaves what was sealed before open, and seals anew', () => {
    const seal = requireSeal(rotate('old', 'fresh'), 'link');
    const place = { routingHash: '0'.repeat(20), number: 1 };
    expect(seal.getPlace(id)).toEqual(place);
    expect(requireSeal('fresh', 'link').getPlace(seal.seal(place))).toEqual(place);
  });
});

describe('before a rotation, a link shows that the secrets are the instance’s', () => {
  it.each([
    ['its id', id],
    ['its address', `https://pybin.example/s/${id}`],
    ['its path', `/s/${id}?x=1`],
  ])('by %s', (_what, link) => {
    expect(() => requireOpening('newer,old', link)).not.toThrow();
  });

  it.each([
    ['other secrets', 'newer,newest', id, 'not the secrets'],
    ['no secrets', '', id, 'not the secrets'],
    ['no link', 'old', 'https://pybin.example/~ada', 'is no link'],
  ])('and nothing goes on with %s', (_what, secrets, link, words) => {
    expect(() => requireOpening(secrets, link)).toThrow(words);
  });
});
