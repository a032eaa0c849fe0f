// An IPv6 address can be written in many ways: whichever it is, its client is the same.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOfClient } from '../../../worker/identity/client-address.ts';

function keyOf(address: string): string | undefined {
  return addressOfClient(new Request('http://localhost/', { headers: { 'cf-connecting-ip': address } }));
}

/** Groups, mostly zeros: that is what `::` is for. */
const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
const groups = fc.array(group, { minLength: 8, maxLength: 8 });

interface Style {
  readonly isUpperCase: boolean;
  readonly width: number;
  /** Which of the runs of zeros is left out, if there are any. */
  readonly run: number;
  readonly isTailDotted: boolean;
}

const style: fc.Arbitrary<Style> = fc.record({
  isUpperCase: fc.boolean(),
  width: fc.integer({ min: 1, max: 4 }),
  run: fc.integer({ min: 0, max: 7 }),
  isTailDotted: fc.boolean(),
});

const isZero = (part: string | undefined) => part !== undefined && /^0+$/.test(part);

/** The address in one of the ways that RFC 4291, 2.2 has for it. */
function write(address: readonly number[], { isUpperCase, width, run, isTailDotted }: Style): string {
  const hex = address.map((value) => value.toString(16).padStart(width, '0'));
  const [high = 0, low = 0] = address.slice(6);
  const dotted = [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
  const parts = isTailDotted ? [...hex.slice(0, 6), dotted] : hex;
  const starts = parts.flatMap((part, index) => (isZero(part) && !isZero(parts[index - 1]) ? [index] : []));
  const start = starts[run];
  const written = start === undefined ? parts.join(':') : withoutRun(parts, start);
  return isUpperCase ? written.toUpperCase() : written;
}

function withoutRun(parts: readonly string[], start: number): string {
  let end = start;
  while (isZero(parts[end])) end += 1;
  return `${parts.slice(0, start).join(':')}::${parts.slice(end).join(':')}`;
}

describe('a client', () => {
  it('with an IPv6 address is known by its first 64 bits, however they are written', () => {
    fc.assert(
      fc.property(groups, groups, style, style, (address, other, one, two) => {
        const neighbour = [...address.slice(0, 4), ...other.slice(4)];
        const key = `${address
          .slice(0, 4)
          .map((value) => value.toString(16))
          .join(':')}::/64`;
        expect(keyOf(write(address, one))).toBe(key);
        expect(keyOf(write(neighbour, two))).toBe(key);
      }),
      { numRuns: 1000 },
    );
  });

  it('in another /64 is another', () => {
    fc.assert(
      fc.property(groups, groups, style, style, (address, other, one, two) => {
        fc.pre(address.slice(0, 4).join() !== other.slice(0, 4).join());
        expect(keyOf(write(address, one))).not.toBe(keyOf(write(other, two)));
      }),
      { numRuns: 500 },
    );
  });

  it('may be called anything: nothing is thrown', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\x21-\x7e]{1,60}$/), (address) => {
        expect(keyOf(address)).toBeTypeOf('string');
      }),
    );
  });
});
