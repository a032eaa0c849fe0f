// A QR code of an address: what a reader of such codes reads off the picture is the address.

import { assert, integer, property, string, stringMatching, tuple } from 'fast-check';
import { decodeQR } from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { qrPicture } from '../../../extension/stack/qr-picture.ts';

const PREFIX = 'data:image/svg+xml;base64,';

describe('a QR code', () => {
  it('is read as the address that it is of', () => {
    const hosts = stringMatching(/^[a-z]{1,20}\.example$/);
    const ids = stringMatching(/^[0-9A-Za-z]{22}$/);
    assert(
      property(tuple(hosts, ids, integer({ min: 1, max: 4_000 })), ([host, id, number]) => {
        for (const address of [`https://${host}/s/${id}`, `https://${host}/~ada/${number}`])
          expect(read(qrPicture(address, 140))).toBe(address);
      }),
      { numRuns: 20 },
    );
  });

  it('is black on white, with a quiet zone of four modules, as large as was asked', () => {
    const svg = svgOf(qrPicture('https://pybin.example/~ada/12', 140));
    expect(svg).toContain('width="140" height="140"');
    const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
    expect(svg).toContain(`<path fill="#fff" d="M0 0h${size}v${size}h-${size}z"/>`);
    const dark = darkOf(svg);
    for (const [x, y] of dark) for (const at of [x, y]) expect(at >= 4 && at < size - 4).toBe(true);
  });

  it('stands in Markdown as one address, whatever is in it', () => {
    assert(
      property(string({ minLength: 1, maxLength: 60 }), (text) => {
        expect(qrPicture(text, 140).slice(PREFIX.length)).toMatch(/^[A-Za-z0-9+/=]+$/);
      }),
      { numRuns: 20 },
    );
  });
});

function svgOf(picture: string): string {
  expect(picture.startsWith(PREFIX)).toBe(true);
  return Buffer.from(picture.slice(PREFIX.length), 'base64').toString();
}

/** The dark modules, drawn from the path that an image would be drawn from. */
function darkOf(svg: string): [x: number, y: number][] {
  return [...svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)].flatMap(([, x, y, length]) =>
    Array.from({ length: Number(length) }, (_, index): [number, number] => [Number(x) + index, Number(y)]),
  );
}

/** Draws the picture, eight pixels a module, and reads it as a camera would. */
function read(picture: string): string {
  const svg = svgOf(picture);
  const modules = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
  const scale = 8;
  const size = modules * scale;
  const data = new Uint8Array(size * size * 4).fill(255);
  for (const [x, y] of darkOf(svg))
    for (let row = y * scale; row < (y + 1) * scale; row++) {
      const start = row * size + x * scale;
      for (let pixel = start; pixel < start + scale; pixel++) data.fill(0, pixel * 4, pixel * 4 + 3);
    }
  return decodeQR({ width: size, height: size, data });
}
