// A body in Content-Encoding: gzip is unpacked on its way in; what it makes of it is counted, whatever was sent.

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readText } from '../../../worker/intake/text.ts';
import { unpackBody } from '../../../worker/stack/body.ts';
import { bytesOf, cut, endless, expectRefusal, send, sendWhole } from './sending.ts';

const LIMIT_BYTES = 256 * 1024;
const gzip = { 'content-encoding': 'gzip' };
const text = 'print("é")\r\n'.repeat(9000);

describe('a body in gzip', () => {
  it.each([
    ['a line', 'x = 1'],
    ['nothing', ''],
    ['a long text', text],
    ['as many bytes as are allowed', 'x'.repeat(LIMIT_BYTES)],
  ])('is the text inside: %s', async (_what, inside) => {
    const { text: packed } = await readText(sendWhole(gzipSync(inside), gzip), LIMIT_BYTES);
    expect(Buffer.from(unpackBody(packed)).toString()).toBe(inside);
  });

  it('is the text inside, however it was cut', async () => {
    const bytes = gzipSync(text);
    const { request } = send(cut(bytes, [1, 2, 10, 11, 30, bytes.byteLength - 1]), gzip);
    expect((await readText(request, LIMIT_BYTES)).text.sizeBytes).toBe(bytesOf(text).byteLength);
  });

  it.each(['gzip', 'GZIP', 'x-gzip'])('is known by its name: %s', async (name) => {
    const request = sendWhole(gzipSync('x'), { 'content-encoding': name });
    expect((await readText(request, LIMIT_BYTES)).text.sizeBytes).toBe(1);
  });

  it('may hold a form', async () => {
    const form = '--b\r\nContent-Disposition: form-data; name="f"; filename="a.py"\r\n\r\nx\r\n--b--\r\n';
    const type = { 'content-type': 'multipart/form-data; boundary=b' };
    const { text: packed, fileName } = await readText(
      sendWhole(gzipSync(form), { ...gzip, ...type }),
      LIMIT_BYTES,
    );
    expect([Buffer.from(packed.bytes).toString(), fileName]).toEqual(['x', 'a.py']);
  });

  const whole = gzipSync(text);
  it.each([
    ['bytes of another kind', bytesOf('x = 1')],
    ['nothing', new Uint8Array()],
    ['gzip cut short', whole.subarray(0, 100)],
    ['gzip without its last byte', whole.subarray(0, -1)],
    [
      'gzip with a wrong checksum',
      Uint8Array.from(whole, (byte, at) => byte ^ (at === whole.length - 8 ? 1 : 0)),
    ],
  ])('is refused where it isn’t that: %s', async (_what, bytes) => {
    await expectRefusal(readText(sendWhole(bytes, gzip), LIMIT_BYTES), { code: 'invalid_argument' });
  });

  it('is refused where what is inside isn’t UTF-8', async () => {
    const request = sendWhole(gzipSync(Buffer.from([0xff])), gzip);
    await expectRefusal(readText(request, LIMIT_BYTES), { code: 'not_text' });
  });
});

describe('a bomb', () => {
  it('is refused before all of it was read', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, 'x'));
    const pieces = cut(
      bomb,
      [...Array(Math.floor(bomb.byteLength / 512)).keys()].map((index) => index * 512),
    );
    const { request, asked } = send(pieces, gzip);
    await expectRefusal(readText(request, LIMIT_BYTES), { code: 'too_large', limit: LIMIT_BYTES });
    expect(asked.isCanceled).toBe(true);
    expect(asked.pieces).toBeLessThan(pieces.length / 2);
  });

  it('that is packed twice is text no more', async () => {
    const request = sendWhole(gzipSync(gzipSync(Buffer.alloc(1024 * 1024))), gzip);
    await expectRefusal(readText(request, LIMIT_BYTES), { code: 'not_text' });
  });

  it('that has no end and nothing inside is refused, too', async () => {
    // A header, then a member's empty blocks: gzip that goes on without giving a byte.
    const header = Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
    const emptyBlocks = Buffer.from('000000ffff'.repeat(1000), 'hex');
    const { request, asked } = send(
      (function* bomb() {
        yield header;
        yield* endless(emptyBlocks);
      })(),
      gzip,
    );
    await expectRefusal(readText(request, LIMIT_BYTES), { code: 'too_large', limit: LIMIT_BYTES });
    expect(asked.isCanceled).toBe(true);
  });
});

describe('any other encoding', () => {
  it.each(['identity', 'Identity', ''])('that changes nothing is fine: "%s"', async (name) => {
    const request = sendWhole('x', { 'content-encoding': name });
    expect((await readText(request, LIMIT_BYTES)).text.sizeBytes).toBe(1);
  });

  it.each(['br', 'deflate', 'zstd', 'gzip, gzip', 'aws-chunked'])('is refused: %s', async (name) => {
    const request = sendWhole('x', { 'content-encoding': name });
    await expectRefusal(readText(request, LIMIT_BYTES), { code: 'not_text', field: 'Content-Encoding' });
  });
});
