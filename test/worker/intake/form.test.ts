// Of a multipart form, its first part: byte for byte, with the name of its file, however the form was cut.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { FirstPart } from '../../../worker/intake/form.ts';
import { readText } from '../../../worker/intake/text.ts';
import { unpackBody } from '../../../worker/stack/body.ts';
import { bytesOf, cut, endless, expectRefusal, inReusedMemory, send, sendWhole } from './sending.ts';

const LIMIT_BYTES = 256 * 1024;
// As curl writes it.
const BOUNDARY = '------------------------d74496d66958873e';
const type = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };

function formOf(content: string, disposition = 'name="file"; filename="a.py"', rest = ''): string {
  const part = `Content-Disposition: form-data; ${disposition}\r\nContent-Type: application/octet-stream`;
  return `--${BOUNDARY}\r\n${part}\r\n\r\n${content}\r\n--${BOUNDARY}${rest}--\r\n`;
}

async function textOf(request: Request): Promise<string> {
  const { text } = await readText(request, LIMIT_BYTES);
  return Buffer.from(unpackBody(text)).toString();
}

describe('a form’s first part', () => {
  it.each([
    ['a line', 'x = 1\n'],
    ['nothing', ''],
    ['Windows line ends', '\r\n\r\na\r\n\r\n'],
    ['what looks like its end', `\r\n-\r\n--${BOUNDARY.slice(0, -1)}\r\n--\r\n`],
    ['carriage returns', '\r\r\n\r\r\r'],
    ['a byte-order mark, a NUL and no line end', '\uFEFFa\0b'],
    ['a long text', 'é = "🐍"\r\n'.repeat(10_000)],
  ])('is the text: %s', async (_what, content) => {
    expect(await textOf(sendWhole(formOf(content), type))).toBe(content);
  });

  it('is the text, wherever the form was cut', async () => {
    const contents = fc.array(fc.constantFrom('\r', '\n', '-', 'a', 'é', `\r\n--${BOUNDARY.slice(0, -1)}`));
    const places = fc.array(fc.nat(), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(contents, places, async (parts, wherever) => {
        const content = parts.join('');
        const bytes = bytesOf(formOf(content));
        const pieces = cut(
          bytes,
          wherever.map((place) => place % bytes.byteLength),
        );
        const part = new FirstPart(inReusedMemory(pieces), type['content-type']);
        const read: Buffer[] = [];
        for await (const piece of part) read.push(Buffer.from(piece));
        expect(Buffer.concat(read).toString()).toBe(content);
        expect(part.fileName).toBe('a.py');
      }),
      { numRuns: 300 },
    );
  });

  it('is the text, byte by byte', async () => {
    const content = `a\r\n--${BOUNDARY.slice(0, 9)}\r\n`;
    const bytes = bytesOf(formOf(content));
    expect(await textOf(send(cut(bytes, [...bytes.keys()].slice(1)), type).request)).toBe(content);
  });

  it('is the text of a form that the platform wrote', async () => {
    const form = new FormData();
    form.append('file', new File(['first'], 'naïve "quoted".py'));
    form.append('other', 'second');
    const request = new Request('http://localhost/', { method: 'POST', body: form });
    const { text, fileName } = await readText(request, LIMIT_BYTES);
    expect([Buffer.from(text.bytes).toString(), fileName]).toEqual(['first', 'naïve "quoted".py']);
  });

  it('is told apart from the parts after it, which are dropped', async () => {
    const rest = `\r\nContent-Disposition: form-data; name="g"\r\n\r\n${'y'.repeat(200_000)}\r\n--${BOUNDARY}`;
    expect(await textOf(sendWhole(formOf('x', undefined, rest), type))).toBe('x');
  });

  it('is known by a type in any case, with its boundary in quotes', async () => {
    const quoted = { 'content-type': `Multipart/Form-Data; charset=utf-8; boundary="${BOUNDARY}"` };
    expect(await textOf(sendWhole(formOf('x'), quoted))).toBe('x');
  });
});

describe('the name of a form’s file', () => {
  it.each([
    ['as it is', 'name="f"; filename="hello.py"', 'hello.py'],
    ['beyond ASCII', 'name="f"; filename="naïve 🐍.py"', 'naïve 🐍.py'],
    ['with quotes, as browsers and curl write them', 'name="f"; filename="a%22b%22.py"', 'a"b".py'],
    ['with quotes, as others write them', 'name="f"; filename="a\\"b.py"', 'a"b.py'],
    ['without its folders', 'name="f"; filename="../src/hello.py"', 'hello.py'],
    ['without its folders on Windows', 'name="f"; filename="C:\\\\src\\\\hello.py"', 'hello.py'],
    ['none where curl read its input', 'name="f"; filename="-"', ''],
    ['none where it is empty', 'name="f"; filename=""', ''],
    ['none where the part is no file', 'name="f"', ''],
  ])('is told: %s', async (_what, disposition, expected) => {
    const { fileName, text } = await readText(sendWhole(formOf('x = 1', disposition), type), LIMIT_BYTES);
    expect(fileName).toBe(expected);
    expect(Buffer.from(text.bytes).toString()).toBe('x = 1');
  });
});

describe('a form is refused', () => {
  const form = formOf('x = 1');
  it.each([
    ['that is empty', '', type],
    ['that has no part', `--${BOUNDARY}--\r\n`, type],
    ['that has another boundary than it says', form.replaceAll('d74496d6', '00000000'), type],
    ['that says no boundary', form, { 'content-type': 'multipart/form-data' }],
    ['whose part has no end', form.slice(0, form.indexOf('x = 1') + 5), type],
    ['whose headers have no end', form.slice(0, 60), type],
    ['whose part has no name', formOf('x', 'filename="a.py"'), type],
    ['that is none', 'x = 1\n', type],
  ])('that can’t be read: one %s', async (_what, body, headers) => {
    await expectRefusal(readText(sendWhole(body, headers), LIMIT_BYTES), { code: 'invalid_argument' });
  });

  it('whose headers go on and on, without reading them all', async () => {
    const { request, asked } = send(endless(bytesOf(`--${BOUNDARY}`)), type);
    await expectRefusal(readText(request, LIMIT_BYTES), { code: 'invalid_argument' });
    expect(asked.isCanceled).toBe(true);
  });

  it('whose part isn’t UTF-8', async () => {
    const bytes = Uint8Array.from(Buffer.from(formOf('na\xEFve'), 'latin1'));
    await expectRefusal(readText(sendWhole(bytes, type), LIMIT_BYTES), { code: 'not_text' });
  });

  it('whose part is over the limit, by one byte and not by its headers', async () => {
    const atLimit = 'x'.repeat(LIMIT_BYTES);
    expect(await textOf(sendWhole(formOf(atLimit), type))).toBe(atLimit);
    const refusal = { code: 'too_large', field: 'text', limit: LIMIT_BYTES } as const;
    await expectRefusal(readText(sendWhole(formOf(`${atLimit}x`), type), LIMIT_BYTES), refusal);
  });

  it('whose parts are over the limit together', async () => {
    const rest = `\r\nContent-Disposition: form-data; name="g"\r\n\r\n${'y'.repeat(LIMIT_BYTES + limits.formBytes)}\r\n--${BOUNDARY}`;
    const refusal = { code: 'too_large', limit: LIMIT_BYTES } as const;
    await expectRefusal(readText(sendWhole(formOf('x', undefined, rest), type), LIMIT_BYTES), refusal);
  });
});
