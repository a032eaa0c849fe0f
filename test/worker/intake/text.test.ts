// A text is the same however it comes: in one go or in any pieces, large or small, or it is refused the same.

import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { packPieces, readText } from '../../../worker/intake/text.ts';
import { packText, type PackedText } from '../../../worker/stack/text.ts';
import { unpackBody } from '../../../worker/stack/body.ts';
import { bytesOf, cut, endless, expectRefusal, inReusedMemory, send, sendWhole } from './sending.ts';

const LIMIT_BYTES = 4 * limits.pieceBytes;
// Characters of 1, 2, 3 and 4 bytes, so that cuts fall inside of each.
const LONG = 'aé€🐍\r\n\0'.repeat(20_000).slice(0, 100_000);

/** All that is told of a text, and the text itself as it comes back. */
function told({ bytes, ...rest }: PackedText) {
  return { ...rest, text: Buffer.from(unpackBody({ ...rest, bytes })).toString('latin1') };
}

async function answerOf(packing: Promise<PackedText>) {
  return packing.then(told, (error: unknown) => error);
}

describe('a text that is packed', () => {
  it.each([
    ['nothing', '', ''],
    ['a line', 'print(1)\n', 'print(1)'],
    ['blank lines first', '\r\n\n  \n    x = 1\n', 'x = 1'],
    ['a byte-order mark', '\uFEFFx = 1\n', 'x = 1'],
    ['a NUL', 'a\0b\r\n', 'a\0b'],
    ['no line end at all', 'é'.repeat(100_000), `${'é'.repeat(79)}…`],
    ['a first line after what is looked at', `${' '.repeat(5000)}x`, ''],
    ['a character where looking ends', `${' '.repeat(limits.firstLine.lookedAtCharacters - 1)}é`, ''],
  ])('tells its size, hash and first line: %s', (_what, text, firstLine) => {
    const bytes = bytesOf(text);
    expect(told(packText(bytes))).toEqual({
      encoding: bytes.byteLength < limits.compressFromBytes ? 'identity' : 'gzip',
      sizeBytes: bytes.byteLength,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      firstLine,
      text: Buffer.from(bytes).toString('latin1'),
    });
  });

  it.each([
    ['of a size not worth it', 'a'.repeat(limits.compressFromBytes - 1), 'identity'],
    ['from that size on', 'a'.repeat(limits.compressFromBytes), 'gzip'],
    ['that is random', noise(limits.compressFromBytes), 'gzip'],
    ['that is random, and long', noise(LIMIT_BYTES), 'gzip'],
  ])('is compressed where that pays: a text %s', async (_what, text, encoding) => {
    const bytes = bytesOf(text);
    const { text: packed } = await readText(sendWhole(bytes), LIMIT_BYTES);
    expect(packed.encoding).toBe(encoding);
    expect(packed.bytes.byteLength).toBeLessThanOrEqual(bytes.byteLength);
  });
});

describe('a text that comes in pieces', () => {
  const anyBytes = fc.oneof(
    { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).map(bytesOf) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 8 }) },
  );
  const anyLength = fc.constantFrom(
    new Uint8Array(),
    bytesOf(' '.repeat(limits.compressFromBytes)),
    bytesOf(LONG),
  );
  const anyText = fc
    .tuple(anyBytes, anyLength, anyBytes)
    .map((parts) => new Uint8Array(Buffer.concat(parts)));

  it('is the same as in one, wherever it was cut', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.array(fc.nat(), { maxLength: 12 }), async (bytes, places) => {
        const pieces = cut(
          bytes,
          places.map((place) => place % (bytes.byteLength + 1)),
        );
        const packed = answerOf(packPieces(inReusedMemory(pieces), LIMIT_BYTES));
        if (isUtf8(bytes)) expect(await packed).toEqual(told(packText(bytes)));
        else expect(await packed).toMatchObject({ problem: { code: 'not_text' } });
      }),
      { numRuns: 300 },
    );
  });

  it('is the same as in one, byte by byte', async () => {
    const bytes = bytesOf(LONG.slice(0, 30_000));
    const pieces = cut(bytes, [...bytes.keys()].slice(1));
    expect(told(await packPieces(inReusedMemory(pieces), LIMIT_BYTES))).toEqual(told(packText(bytes)));
  });

  it('is the same as a body that is sent so', async () => {
    const bytes = bytesOf(LONG);
    const { request } = send(cut(bytes, [1, 70_000, 70_001]));
    expect(told((await readText(request, LIMIT_BYTES)).text)).toEqual(told(packText(bytes)));
  });
});

function lengthOf(bytes: Uint8Array): Record<string, string> {
  return { 'content-length': String(bytes.byteLength) };
}

describe('a text at its limit', () => {
  const sizes = [1000, 3 * limits.pieceBytes];

  it.each(sizes)('is taken: %d bytes, announced or not', async (limitBytes) => {
    const bytes = bytesOf('x'.repeat(limitBytes));
    for (const request of [send([bytes]).request, sendWhole(bytes, lengthOf(bytes))])
      expect((await readText(request, limitBytes)).text.sizeBytes).toBe(limitBytes);
  });

  it.each(sizes)('is refused with one byte more: %d and one, announced or not', async (limitBytes) => {
    const bytes = bytesOf('x'.repeat(limitBytes + 1));
    const refusal = { code: 'too_large', field: 'text', limit: limitBytes } as const;
    await expectRefusal(readText(send([bytes]).request, limitBytes), refusal);
    await expectRefusal(readText(sendWhole(bytes, lengthOf(bytes)), limitBytes), refusal);
  });

  it('is not read further once it is over it', async () => {
    const { request, asked } = send(endless(bytesOf('x'.repeat(1024))));
    await expectRefusal(readText(request, 100 * 1024), { code: 'too_large' });
    expect(asked.isCanceled).toBe(true);
    expect(asked.pieces).toBeLessThan(200);
  });

  it('is not read at all where it is announced to be over it', async () => {
    const { request, asked } = send(endless(bytesOf('x')), { 'content-length': '101' });
    await expectRefusal(readText(request, 100), { code: 'too_large', limit: 100 });
    expect(asked.pieces).toBeLessThan(2);
  });
});

describe('what isn’t UTF-8', () => {
  it.each([
    ['a byte that no character has', [0xff]],
    ['a character cut short', [0xe2, 0x82]],
    ['a continuation of nothing', [0x80]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
    ['a character written too long', [0xc0, 0xaf]],
    ['a character beyond the last', [0xf4, 0x90, 0x80, 0x80]],
    ['text in Latin-1', [0x6e, 0x61, 0xef, 0x76, 0x65]],
  ])('is refused at the end, in the middle, and in pieces: %s', async (_what, broken) => {
    const bad = new Uint8Array(broken);
    const long = bytesOf(LONG);
    for (const parts of [[bad], [long, bad], [long, bad, bytesOf('aaaa'), long]]) {
      const bytes = new Uint8Array(Buffer.concat(parts));
      await expectRefusal(readText(sendWhole(bytes), LIMIT_BYTES * 2), { code: 'not_text' });
      const places = [...bad.keys()].map((index) => (parts.length > 1 ? long.byteLength : 0) + index);
      await expectRefusal(readText(send(cut(bytes, places)).request, LIMIT_BYTES * 2), { code: 'not_text' });
    }
  });

  it('is not read further once that is clear', async () => {
    const { request, asked } = send(endless(bytesOf(`${'x'.repeat(1023)}\u{80}`).subarray(0, 1024)));
    await expectRefusal(readText(request, LIMIT_BYTES), { code: 'not_text' });
    expect(asked).toMatchObject({ isCanceled: true });
    expect(asked.pieces).toBeLessThan(5);
  });
});

describe('a body that breaks off', () => {
  const lost = new Error('Network connection lost.');
  const long = bytesOf(LONG);
  const short = bytesOf('x = 1\n');

  it.each([
    ['early', [short, lost], {}],
    ['late', [long, short, lost], {}],
    ['early, though it is announced', [short, lost], { 'content-length': '1000' }],
    ['late, though it is announced', [long, lost], { 'content-length': '200000' }],
    ['inside a form', [bytesOf('--b\r\n'), lost], { 'content-type': 'multipart/form-data; boundary=b' }],
    ['inside gzip', [new Uint8Array([0x1f, 0x8b]), lost], { 'content-encoding': 'gzip' }],
  ])('is no text: %s', async (_what, pieces, headers) => {
    await expectRefusal(readText(send(pieces, headers).request, LIMIT_BYTES), { code: 'canceled' });
  });

  it.each([
    ['fewer bytes than announced', short, 7],
    ['more bytes than announced', short, 5],
    ['none of many that are announced', new Uint8Array(), LIMIT_BYTES],
    ['fewer than announced of many', long, LIMIT_BYTES],
  ])('is no text where its size isn’t what it said: %s', async (_what, bytes, announcedBytes) => {
    const { request } = send([bytes], { 'content-length': String(announcedBytes) });
    await expectRefusal(readText(request, LIMIT_BYTES), { code: 'canceled' });
  });
});

/** Characters that gzip can make little of: the same at each run. */
function noise(characters: number): string {
  let state = 1;
  const codes = Uint8Array.from({ length: characters }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return 32 + ((state >>> 16) % 95);
  });
  return Buffer.from(codes).toString('latin1');
}
