// A body that is held whole: never more than its limit of it, and never less than was sent.

import { describe, expect, it } from 'vitest';
import { readBody, requireUtf8 } from '../../../worker/intake/body.ts';
import { bytesOf, cut, endless, expectRefusal, send, sendWhole } from './sending.ts';

const LIMIT_BYTES = 3_000_000;

describe('a body', () => {
  it.each([0, 1, 70_000, 1_500_000, LIMIT_BYTES])(
    'is read whole, announced or not: %d bytes',
    async (sizeBytes) => {
      const bytes = Uint8Array.from({ length: sizeBytes }, (_, index) => index % 251);
      const places = [7, 70_000, 1_100_000].filter((place) => place < sizeBytes);
      const requests = [
        send(cut(bytes, places)).request,
        sendWhole(bytes, { 'content-length': String(sizeBytes) }),
      ];
      for (const request of requests) {
        const read = await readBody(request, 'message', LIMIT_BYTES);
        expect(Buffer.compare(read, bytes)).toBe(0);
      }
    },
  );

  it('over its limit is not read further', async () => {
    const { request, asked } = send(endless(new Uint8Array(1024)));
    const refusal = { code: 'too_large', field: 'message', limit: 10_000 } as const;
    await expectRefusal(readBody(request, 'message', 10_000), refusal);
    expect(asked.isCanceled).toBe(true);
    expect(asked.pieces).toBeLessThan(20);
  });

  it('that is announced to be over its limit is not read at all', async () => {
    const { request, asked } = send(endless(new Uint8Array(1)), { 'content-length': '10001' });
    await expectRefusal(readBody(request, 'message', 10_000), { code: 'too_large' });
    expect(asked.pieces).toBeLessThan(2);
  });

  it.each([
    ['in the middle', send([bytesOf('x'), new Error('Network connection lost.')])],
    ['before all that was announced', send([bytesOf('x')], { 'content-length': '2' })],
  ])('that breaks off is none: %s', async (_what, { request }) => {
    await expectRefusal(readBody(request, 'message', LIMIT_BYTES), { code: 'canceled' });
  });
});

describe('bytes as text', () => {
  it.each(['', 'x', '\uFEFFx', '\0', 'naïve 🐍\r\n'])('are the text, mark and all: %j', (text) => {
    expect(requireUtf8(bytesOf(text))).toBe(text);
  });

  it.each([[[0xff]], [[0xc3]], [[0xed, 0xa0, 0x80]]])(
    'are refused where they are none: %j',
    async (bytes) => {
      await expectRefusal(
        Promise.resolve().then(() => requireUtf8(new Uint8Array(bytes))),
        { code: 'not_text' },
      );
    },
  );
});
