// What can't exist wakes nothing: made-up ids, users and keys are refused before any object is asked.

import { env } from 'cloudflare:workers';
import { listDurableObjectIds } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { ask, signIn, type User } from '../edge.ts';

let ada: User;

beforeAll(async () => {
  ada = await signIn('awake');
  await ada.push('x');
});

const madeUpIds = [
  '0'.repeat(22),
  '0123456789ABCDEFGHIJKL',
  'z'.repeat(22),
  '7n42DGM5Tflk9n8mt7Fhc7',
  'x',
  '0'.repeat(21),
  '0'.repeat(23),
  `${'0'.repeat(21)}-`,
];
const madeUpKeys = [
  'secret',
  'pyb_',
  `pyb_${'0'.repeat(65)}`,
  `pyb_${'z'.repeat(65)}`,
  `pyt_${'0'.repeat(65)}`,
  `pyb_${'0'.repeat(65)}0`,
];
const usersWhoCannotBe = [
  'x',
  'ab',
  'ADA',
  'a_b',
  'health',
  'sign-in',
  'a'.repeat(21),
  '%61da',
  'ada%00',
  '',
];
const namesThatCannotBe = ['0', '01', '4294967296', 'latest', 'Notes', '-1', 'a'.repeat(41), '%00'];

type Asked = [string, RequestInit?];

describe('no object is woken', () => {
  it.each<[string, Asked[]]>([
    ['by a made-up id that is read', madeUpIds.flatMap((id) => reads(`/s/${id}`))],
    ['by a made-up id that is revealed', madeUpIds.map((id) => [`/s/${id}/reveal`, { method: 'POST' }])],
    [
      'by a made-up id that is written, with a key',
      madeUpIds.flatMap((id): Asked[] => [
        [`/s/${id}`, asOwner('PUT', 'x')],
        [`/s/${id}`, asOwner('DELETE')],
        [`/v1/snippets/${id}`, asOwner('GET')],
        [`/v1/snippets/${id}`, asOwner('PUT', '{"text":"x"}')],
        [`/v1/snippets/${id}`, asOwner('DELETE')],
      ]),
    ],
    [
      'by a user who can’t be',
      usersWhoCannotBe.flatMap((user) => [...reads(`/~${user}`), ...reads(`/~${user}/1`)]),
    ],
    ['by a snippet that can’t be called so', namesThatCannotBe.flatMap((name) => reads(`/~nobody/${name}`))],
    [
      'by a made-up key',
      madeUpKeys.flatMap((key): Asked[] => [
        ['/', asBearer(key, 'POST', 'x')],
        ['/~awake', asBearer(key, 'GET')],
        ['/v1/snippets', asBearer(key, 'GET')],
        ['/v1/snippets/pop', asBearer(key, 'POST')],
        [`/s/${'0'.repeat(22)}`, asBearer(key, 'DELETE')],
        ['/pybin.v1.SnippetService/ListSnippets', asBearer(key, 'POST', '{}')],
        ['/v1/live', { headers: { authorization: `Bearer ${key}`, upgrade: 'websocket' } }],
      ]),
    ],
    [
      'by a made-up ticket',
      madeUpKeys.map((ticket) => [`/v1/live?ticket=${ticket}`, { headers: { upgrade: 'websocket' } }]),
    ],
    [
      'by a push that is refused',
      [
        ['/?ttl=1', { method: 'POST', body: 'x' }],
        ['/?alias=notes', { method: 'POST', body: 'x' }],
        ['/', { method: 'POST', body: new Uint8Array([0xff]) }],
        ['/a%2fb', { method: 'PUT', body: 'x' }],
      ],
    ],
    [
      'by a sign-in that is refused',
      ['health', 'x', 'ADA', 'a'.repeat(21)].map((userId) => [
        '/sign-in/local',
        {
          method: 'POST',
          body: JSON.stringify({ userId }),
          headers: { 'content-type': 'application/json' },
        },
      ]),
    ],
    [
      'by what is no snippet’s address',
      ['/', '/version', '/a/b/c', '/hello.py', '/v1', '/favicon.ico', '/robots.txt'].flatMap(reads),
    ],
  ])('%s', async (_what, asked) => {
    const before = await awake();
    for (const [path, init = {}] of asked) {
      const headers = new Headers(init.headers);
      if (headers.get('authorization') === 'owner') headers.set('authorization', `Bearer ${ada.key}`);
      const answer = await ask(path, { ...init, headers });
      expect(`${path} ${answer.status}`).toMatch(/ [24]\d\d$/);
    }
    expect(await awake()).toEqual(before);
  });

  it('but by a user who could be, and nothing is stored there', async () => {
    const before = await awake();
    expect((await ask('/~could-be')).status).toBe(404);
    expect((await awake()).length).toBe(before.length + 1);
  });
});

function reads(path: string): Asked[] {
  const html = { headers: { accept: 'text/html' } };
  return [[path], [`/raw${path}`], [path, { method: 'HEAD' }], [path, html]];
}

function asOwner(method: string, body?: string): RequestInit {
  return { method, headers: { authorization: 'owner' }, ...(body !== undefined && { body }) };
}

function asBearer(key: string, method: string, body?: string): RequestInit {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  return { method, headers, ...(body !== undefined && { body }) };
}

async function awake(): Promise<string[]> {
  return (await listDurableObjectIds(env.STACK)).map(String).toSorted();
}
