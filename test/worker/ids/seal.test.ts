// Links and keys: they open where they were sealed, and nothing else opens.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base62Width, getFromBase62, toBase62 } from '../../../worker/ids/base62.ts';
import { createKeySecret, getCredential, writeKey } from '../../../worker/identity/key.ts';
import { routingHashOf } from '../../../worker/ids/routing-hash.ts';
import { requireSeal } from '../../../worker/ids/seal.ts';

const places = fc.record({
  routingHash: fc
    .uint8Array({ minLength: 10, maxLength: 10 })
    .map((bytes) => Buffer.from(bytes).toString('hex')),
  number: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});

describe('base62', () => {
  it('gives back any bytes, in a width that depends on their count alone', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const text = toBase62(bytes);
        expect(text).toMatch(/^[0-9A-Za-z]*$/);
        expect(text.length).toBe(base62Width(bytes.byteLength));
        expect(getFromBase62(text, bytes.byteLength)).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it('reads any text of the right width as at most one value, and writes that the same way', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 22, maxLength: 22 }), (text) => {
        const bytes = getFromBase62(text, 16);
        if (bytes) expect(toBase62(bytes)).toBe(text);
      }),
    );
  });

  it('refuses a number that is too large for its bytes', () => {
    expect(getFromBase62('z'.repeat(22), 16)).toBeUndefined();
  });
});

describe('an id', () => {
  const seal = requireSeal('a', 'link');

  it('is 22 letters and digits, and tells its place to the instance that sealed it', () => {
    fc.assert(
      fc.property(places, (place) => {
        const id = seal.seal(place);
        expect(id).toMatch(/^[0-9A-Za-z]{22}$/);
        expect(seal.getPlace(id)).toEqual(place);
      }),
    );
  });

  it('means nothing to another instance, nor for another purpose', () => {
    const id = seal.seal({ routingHash: routingHashOf('ada'), number: 1 });
    expect(requireSeal('b', 'link').getPlace(id)).toBeUndefined();
    expect(requireSeal('a', 'key').getPlace(id)).toBeUndefined();
  });

  it('still opens after the secret was rotated; new ones are sealed under the newest', () => {
    const place = { routingHash: routingHashOf('ada'), number: 7 };
    const rotated = requireSeal('new, a', 'link');
    expect(rotated.getPlace(seal.seal(place))).toEqual(place);
    expect(seal.getPlace(rotated.seal(place))).toBeUndefined();
  });

  it('with one character changed opens nothing, but for one in 65,536', () => {
    let opened = 0;
    const id = seal.seal({ routingHash: routingHashOf('ada'), number: 1 });
    for (let index = 0; index < id.length; index++)
      for (const digit of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
        if (id[index] !== digit && seal.getPlace(id.slice(0, index) + digit + id.slice(index + 1))) opened++;
    // 1,342 tries: more than two chance hits would be a one in ten million.
    expect(opened).toBeLessThanOrEqual(2);
  });

  it('can’t be sealed by an instance without a secret', () => {
    expect(() => requireSeal(' , ', 'link')).toThrow('INSTANCE_SECRETS');
  });
});

describe('a key', () => {
  const { secret, secretHash } = createKeySecret();
  const place = { routingHash: routingHashOf('ada'), number: 3 };
  const key = writeKey('a', 'key', place, secret);

  it('reads pyb_ and 65 letters and digits', () => {
    expect(key).toMatch(/^pyb_[0-9A-Za-z]{65}$/);
  });

  it('carries where it lives, and its secret only as a hash', () => {
    expect(getCredential('a', 'key', key)).toEqual({
      routingHash: place.routingHash,
      kind: 'key',
      number: 3,
      secretHash,
    });
  });

  it('is no key with anything cut off, added or changed in its form', () => {
    for (const other of [
      key.slice(0, -1),
      `${key}0`,
      key.slice(1),
      key.replace('pyb_', 'pyc_'),
      `${key.slice(0, -1)}-`,
    ])
      expect(getCredential('a', 'key', other)).toBeUndefined();
  });
});
