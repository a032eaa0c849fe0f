// Byte-exactness: what was pushed comes back as it went, through every door.

import { describe, expect, it } from 'vitest';
import { ask, signIn } from '../edge.ts';

const texts = [
  ['a line', 'print("hi")\n'],
  ['nothing at all', ''],
  ['no newline at the end', 'x = 1'],
  ['Windows line ends', 'a\r\nb\r\n'],
  ['old Mac line ends', 'a\rb\r'],
  ['a NUL', 'a\0b'],
  ['a byte-order mark', '\uFEFFx = 1\n'],
  ['two byte-order marks', '\uFEFF\uFEFF'],
  ['emoji and other planes', '🐍 = "naïve \u{10FFFF}"\n'],
  ['characters of HTML', '<script>alert("&amp;")</script>'],
  ['just under the size that is compressed', 'é'.repeat(2047)],
  ['just over the size that is compressed', 'é'.repeat(2049)],
  ['several chunks that compress badly', noise(3_500_000)],
] as const;

describe('a text comes back byte for byte', () => {
  it.each(texts)('pushed and read with curl: %s', async (what, text) => {
    const ada = await signIn(userNamed(what));
    const path = await ada.push(text);
    for (const address of [`/~${ada.userId}`, path, `/raw/~${ada.userId}`, `/raw${path}`]) {
      expect((await bytesOf(await ask(address))).equals(bytes(text))).toBe(true);
    }
  });

  it.each(texts)('pushed and read as JSON: %s', async (what, text) => {
    const ada = await signIn(userNamed(`json ${what}`));
    const created = await ada.ask('/v1/snippets', { method: 'POST', body: JSON.stringify({ text }) });
    expect(created.status).toBe(201);
    const { id } = await created.json<{ id: string }>();
    const read = await (await ada.ask(`/v1/snippets/${id}`)).json<{ text: string }>();
    expect(read.text === text).toBe(true);
    expect((await bytesOf(await ask(`/s/${id}`))).equals(bytes(text))).toBe(true);
  });

  it('comes compressed as it is stored to whoever accepts gzip, and is the same inside', async () => {
    const ada = await signIn('gzip-reader');
    const text = 'def f():\n    return 1\n'.repeat(1000);
    await ada.push(text);
    const answer = await ask('/~gzip-reader', { headers: { 'accept-encoding': 'gzip' } });
    expect(await answer.text()).toBe(text);
  });

  it('takes the first part of a multipart form', async () => {
    const ada = await signIn('form-pusher');
    const form = new FormData();
    form.append('f', new File(['first\r\n'], 'a.py'));
    form.append('g', 'second');
    expect((await ada.ask('/', { method: 'POST', body: form })).status).toBe(201);
    expect(await (await ask('/~form-pusher')).text()).toBe('first\r\n');
  });

  it('takes the body as it is though curl calls it a form', async () => {
    const ada = await signIn('urlencoded');
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await ada.ask('/', { method: 'POST', body: 'a=1&b=%20', headers });
    expect(await (await ask('/~urlencoded')).text()).toBe('a=1&b=%20');
  });
});

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** As a Buffer, which compares megabytes at once. */
async function bytesOf(answer: Response): Promise<Buffer> {
  return Buffer.from(await answer.arrayBuffer());
}

/** Text that gzip can't make small: the same at each run. */
function noise(characters: number): string {
  let state = 1;
  const codes = new Uint8Array(characters);
  for (let index = 0; index < characters; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    codes[index] = 32 + ((state >>> 16) % 95);
  }
  return new TextDecoder().decode(codes);
}

/** A user id of its own for each row of a table. */
function userNamed(what: string): string {
  let hash = 0;
  for (const character of what) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return `u-${hash}`;
}
