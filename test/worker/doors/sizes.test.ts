// Sizes: what is exactly at a limit is taken by every door, and what is one over it is refused with the limit.

import { beforeEach, describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { ask, type User } from '../edge.ts';
import { expectProblem, type ExpectedProblem } from './problem.ts';
import { numbersOf, pushed, somebody } from './pushed.ts';

const many = (count: number, what: unknown) => Array.from({ length: count }, () => what);

let ada: User;

beforeEach(async () => {
  ada = await somebody();
});

const d = (characters: number) => 'd'.repeat(characters);
const tooLarge = (field: string, limit: number): ExpectedProblem => ({ code: 'too_large', field, limit });
const invalid = (field: string, limit?: number): ExpectedProblem => ({
  code: 'invalid_argument',
  field,
  ...(limit !== undefined && { limit }),
});

describe('a text of ten MB', () => {
  const { textBytes } = limits;
  const texts: [string, (bytes: number) => string][] = [
    ['of one byte a character', (bytes) => 'x'.repeat(bytes)],
    ['of two bytes a character', (bytes) => `${'é'.repeat(Math.floor(bytes / 2))}${'x'.repeat(bytes % 2)}`],
    ['of four bytes a character', (bytes) => `${'🐍'.repeat(Math.floor(bytes / 4))}${'x'.repeat(bytes % 4)}`],
  ];

  const doors: [string, (owner: User, id: string, text: string) => Promise<Response>][] = [
    ['POST /', (owner, _id, text) => owner.ask('/', { method: 'POST', body: text })],
    ['PUT /{file name}', (owner, _id, text) => owner.ask('/a.py', { method: 'PUT', body: text })],
    [
      'POST / without a length',
      (owner, _id, text) => owner.ask('/', { method: 'POST', body: streamOf(text) }),
    ],
    ['a form', (owner, _id, text) => owner.ask('/', { method: 'POST', body: formOf(text) })],
    ['PUT /s/{id}', (owner, id, text) => owner.ask(`/s/${id}`, { method: 'PUT', body: text })],
    [
      'POST /v1/snippets',
      (owner, _id, text) => owner.ask('/v1/snippets', { method: 'POST', body: JSON.stringify({ text }) }),
    ],
    [
      'PUT /v1/snippets/{id}',
      (owner, id, text) => owner.ask(`/v1/snippets/${id}`, { method: 'PUT', body: JSON.stringify({ text }) }),
    ],
  ];

  it.each(doors)('is taken, and one byte more is not: %s', async (_what, send) => {
    const { id } = await pushed(ada, 'first');
    const over = await send(ada, id, 'x'.repeat(textBytes + 1));
    await expectProblem(over, tooLarge('text', textBytes));
    expect(await (await ask(`/s/${id}`)).text()).toBe('first');
    expect(await numbersOf(ada)).toEqual([1]);
    expect((await send(ada, id, 'x'.repeat(textBytes))).ok).toBe(true);
    const head = await ada.ask(`/~${ada.userId}`, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(textBytes));
  });

  it.each(texts)('is counted in bytes: %s', async (_what, textOf) => {
    const over = await ada.ask('/', { method: 'POST', body: textOf(textBytes + 1) });
    await expectProblem(over, tooLarge('text', textBytes));
    expect((await ada.ask('/', { method: 'POST', body: textOf(textBytes) })).status).toBe(201);
  });
});

const put = (name: string) => ada.ask(`/${encodeURIComponent(name)}`, { method: 'PUT', body: 'x' });

describe('what is said beside a text', () => {
  const finding = { tool: 'Ruff', code: 'F401', message: 'unused', line: 1, column: 8 };

  it.each<[string, (over: 0 | 1) => object, ExpectedProblem]>([
    [
      'a description of two MB',
      (over) => ({ description: d(limits.descriptionBytes + over) }),
      tooLarge('description', limits.descriptionBytes),
    ],
    [
      'a description of two MB, two bytes a character',
      (over) => ({ description: `${'é'.repeat(limits.descriptionBytes / 2)}${d(over)}` }),
      tooLarge('description', limits.descriptionBytes),
    ],
    [
      'a language',
      (over) => ({ language: d(limits.languageCharacters + over) }),
      invalid('language', limits.languageCharacters),
    ],
    [
      'an alias',
      (over) => ({ alias: d(limits.aliasCharacters + over) }),
      invalid('alias', limits.aliasCharacters),
    ],
    [
      'a request id',
      (over) => ({ requestId: d(limits.requestIdCharacters + over) }),
      invalid('requestId', limits.requestIdCharacters),
    ],
    [
      'a file name',
      (over) => ({ origin: { fileName: d(limits.fileNameCharacters + over) } }),
      invalid('fileName', limits.fileNameCharacters),
    ],
    [
      'reads that burn',
      (over) => ({ burnReads: limits.burnReads + over }),
      invalid('burn', limits.burnReads),
    ],
    ['the longest lifetime', (over) => ({ ttlSeconds: limits.ttlSeconds.max + over }), invalid('ttl')],
    ['the shortest lifetime', (over) => ({ ttlSeconds: limits.ttlSeconds.min - over }), invalid('ttl')],
    [
      'findings',
      (over) => ({ findings: many(limits.findings + over, finding) }),
      invalid('findings', limits.findings),
    ],
    [
      'a finding’s message',
      (over) => ({ findings: [{ ...finding, message: d(limits.findingMessageCharacters + over) }] }),
      invalid('findings'),
    ],
    [
      'a finding’s tool',
      (over) => ({ findings: [{ ...finding, tool: d(limits.languageCharacters + over) }] }),
      invalid('findings'),
    ],
    [
      'a finding’s code',
      (over) => ({ findings: [{ ...finding, code: d(limits.needCharacters + over) }] }),
      invalid('findings'),
    ],
    ['needs', (over) => ({ needs: many(limits.needs + over, 'np') }), invalid('needs', limits.needs)],
    ['a need', (over) => ({ needs: [d(limits.needCharacters + over)] }), invalid('needs', limits.needs)],
  ])('is taken at the limit, and not over it: %s', async (_what, fieldsOf, expected) => {
    const push = (over: 0 | 1) =>
      ada.ask('/v1/snippets', { method: 'POST', body: JSON.stringify({ text: 'x', ...fieldsOf(over) }) });
    await expectProblem(await push(1), expected);
    expect(await numbersOf(ada)).toEqual([]);
    expect((await push(0)).status).toBe(201);
  });

  it.each<[string, (over: 0 | 1) => string, ExpectedProblem]>([
    ['the shortest lifetime', (over) => `?ttl=${60 - over}s`, invalid('ttl')],
    ['the longest lifetime', (over) => `?ttl=${365 + over}d`, invalid('ttl')],
    ['the longest lifetime in seconds', (over) => `?ttl=${limits.ttlSeconds.max + over}s`, invalid('ttl')],
    ['reads that burn', (over) => `?burn=${limits.burnReads + over}`, invalid('burn', limits.burnReads)],
    ['an alias', (over) => `?alias=${d(limits.aliasCharacters + over)}`, invalid('alias')],
    ['a language', (over) => `?language=${d(limits.languageCharacters + over)}`, invalid('language')],
  ])('is taken at the limit by the query, and not over it: %s', async (_what, queryOf, expected) => {
    const push = (over: 0 | 1) => ada.ask(`/${queryOf(over)}`, { method: 'POST', body: 'x' });
    await expectProblem(await push(1), expected);
    expect(await numbersOf(ada)).toEqual([]);
    expect((await push(0)).status).toBe(201);
  });

  it('may be 255 characters of a file name in the address, however they are written there', async () => {
    await expectProblem(await put('é'.repeat(256)), invalid('fileName', limits.fileNameCharacters));
    expect((await put('é'.repeat(255))).status).toBe(201);
  });

  it('is held to the same limits by a replacement', async () => {
    const { id } = await pushed(ada, 'x');
    const update = (fields: object) =>
      ada.ask(`/v1/snippets/${id}`, { method: 'PUT', body: JSON.stringify(fields) });
    const { descriptionBytes, needs } = limits;
    await expectProblem(
      await update({ description: d(descriptionBytes + 1) }),
      tooLarge('description', descriptionBytes),
    );
    await expectProblem(await update({ text: 'y', needs: many(needs + 1, 'np') }), invalid('needs', needs));
    expect((await update({ description: d(descriptionBytes) })).status).toBe(200);
  });
});

describe('a whole message', () => {
  it('is refused by its own limit before it is understood', async () => {
    const body = `{"text":"${'x'.repeat(limits.messageBytes)}"}`;
    await expectProblem(
      await ada.ask('/v1/snippets', { method: 'POST', body }),
      tooLarge('message', limits.messageBytes),
    );
  });
});

const signInWith = (body: string) =>
  ask('/sign-in/local', { method: 'POST', body, headers: { 'content-type': 'application/json' } });

const bodyOf = (bytes: number) => JSON.stringify({ userId: 'signs-in-long' }).padEnd(bytes, ' ');

describe('a sign-in', () => {
  it.each([2, 21])('is refused for a user id of %i characters', async (characters) => {
    await expectProblem(await signInWith(JSON.stringify({ userId: d(characters) })), invalid('userId'));
  });

  it.each([3, 20])('is taken for a user id of %i characters', async (characters) => {
    const userId = d(characters);
    expect(await (await signInWith(JSON.stringify({ userId }))).json()).toMatchObject({ userId });
    await expectProblem(await ask(`/~${userId}`), { code: 'not_found' });
  });

  it('is read up to its limit and no further', async () => {
    await expectProblem(
      await signInWith(bodyOf(limits.signInBytes + 1)),
      tooLarge('message', limits.signInBytes),
    );
    expect((await signInWith(bodyOf(limits.signInBytes))).status).toBe(200);
  });
});

function formOf(text: string): FormData {
  const form = new FormData();
  form.append('f', new File([text], 'a.py'));
  return form;
}

/** A body that comes in pieces, and tells nothing of its length before. */
function streamOf(text: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let sent = 0;
  return new ReadableStream({
    type: 'bytes',
    pull(controller) {
      controller.enqueue(bytes.slice(sent, sent + 1_000_000));
      sent += 1_000_000;
      if (sent >= bytes.byteLength) controller.close();
    },
  });
}
