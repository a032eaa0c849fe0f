// Any request at all: it is answered, never with a failure of the edge, and never with what isn't the asker's.

import { env } from 'cloudflare:workers';
import { createExecutionContext } from 'cloudflare:test';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { routingHashOf } from '../../../worker/ids/routing-hash.ts';
import { answer, routes } from '../../../worker/router.ts';
import { origin, signIn, type User } from '../edge.ts';
import { atSeconds, useOwnClock } from '../stack-inside.ts';
import { nobody, pushed } from './pushed.ts';

useOwnClock();

const secret = 'nobody else reads this';

let ada: User;
let link: string;
let token: string;
let seconds = 0;

beforeAll(async () => {
  ada = await signIn('random');
  await signIn('random-other', 'private').then((eve) => eve.push(secret, '?ttl=30d'));
  link = (await pushed(ada, 'x', '?ttl=30d')).id;
  token = (await pushed(nobody, 'x')).deleteToken ?? '';
});

const method = fc.constantFrom(
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'PROPFIND',
  'QUERY',
);

/** A segment of a path: what means something, what nearly does, and what doesn't. */
const segment = fc.oneof(
  fc.constantFrom(
    '~random',
    '~random-other',
    '%7Erandom',
    '~nobody',
    '1',
    '2',
    '0',
    'notes',
    'latest',
    'pop',
    'reveal',
    'raw',
    's',
    'v1',
    'LINK',
    '0123456789ABCDEFGHIJKL',
    '..%2f',
    '%00',
    '%ff',
    '',
    'a.py',
  ),
  fc.stringMatching(/^[\x21-\x7e]{1,12}$/),
);
const path = fc.oneof(
  fc
    .constantFrom(...routes.map((route) => route.path))
    .chain((template) =>
      fc
        .array(segment, { minLength: 2, maxLength: 2 })
        .map((segments) => segments.reduce((filled, part) => filled.replace(/:\w+/, () => part), template)),
    ),
  fc.array(segment, { maxLength: 4 }).map((segments) => `/${segments.join('/')}`),
);

const word = fc.oneof(
  fc.constantFrom('ttl', 'alias', 'burn', 'duplicate', 'visibility', 'description', 'language', 'ticket'),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const query = fc
  .array(
    fc.tuple(
      word,
      fc.oneof(fc.constantFrom('1', '1h', 'skip', 'notes', 'private'), fc.string({ maxLength: 8 })),
    ),
    {
      maxLength: 3,
    },
  )
  .map((pairs) => (pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`));

const plain = fc.stringMatching(/^[\x21-\x7e]{0,40}$/);
const header = fc.oneof(
  fc.tuple(fc.constant('accept'), fc.constantFrom('text/html', 'application/json', '*/*')),
  fc.tuple(
    fc.constant('content-type'),
    fc.oneof(
      fc.constantFrom(
        'application/json',
        'application/proto',
        'application/grpc-web+proto',
        'application/grpc-web-text',
        'multipart/form-data; boundary=b',
        'multipart/form-data',
      ),
      plain,
    ),
  ),
  fc.tuple(
    fc.constant('content-encoding'),
    fc.constantFrom('gzip', 'x-gzip', 'br', 'identity', 'gzip, gzip'),
  ),
  fc.tuple(fc.constant('upgrade'), fc.constantFrom('websocket', 'h2c')),
  fc.tuple(
    fc.constantFrom(
      'if-match',
      'if-none-match',
      'range',
      'idempotency-key',
      'accept-encoding',
      'connect-protocol-version',
      'connect-timeout-ms',
      'grpc-timeout',
      'grpc-encoding',
      'origin',
      'x-http-method-override',
    ),
    fc.oneof(fc.constantFrom('*', '"x"', 'bytes=0-1', '1', 'k'), plain),
  ),
);

const json = fc.oneof(
  fc.json(),
  fc
    .dictionary(
      fc.constantFrom(
        'text',
        'id',
        'ttlSeconds',
        'visibility',
        'alias',
        'burnReads',
        'revision',
        'requestId',
        'findings',
        'needs',
        'origin',
        'skipDuplicate',
        'defaultVisibility',
        'userId',
      ),
      fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(1, 9, -1, 60, true, 'x', 'VISIBILITY_PRIVATE')),
    )
    .map((fields) => JSON.stringify(fields)),
);
const body = fc.oneof(
  fc.string({ unit: 'binary' }),
  json,
  fc.uint8Array({ maxLength: 60 }),
  json.map((text) => new Uint8Array(gzipSync(text))),
  fc.constant('--b\r\nContent-Disposition: form-data; name="f"; filename="a\\"b.py"\r\n\r\nx\r\n--b--\r\n'),
  fc.constant(new Uint8Array([0, 0, 0, 0, 0])),
);

const asker = fc.constantFrom('nobody', 'owner', 'token', 'nonsense');

function keyOf(who: string): string | undefined {
  if (who === 'owner') return ada.key;
  if (who === 'token') return token;
  return who === 'nobody' ? undefined : `pyb_${'0'.repeat(65)}`;
}

describe('any request', () => {
  it('is answered, and not with a failure', async () => {
    const owned = routingHashOf('random-other');
    await fc.assert(
      fc.asyncProperty(
        method,
        path,
        query,
        fc.array(header, { maxLength: 4 }),
        body,
        asker,
        async (verb, where, asked, headers, sent, who) => {
          seconds += 1;
          atSeconds(seconds);
          const key = keyOf(who);
          const request = new Request(`${origin}${where.replaceAll('LINK', link)}${asked}`, {
            method: verb,
            headers: [...headers, ...(key === undefined ? [] : [['authorization', `Bearer ${key}`]])],
            ...(verb !== 'GET' && verb !== 'HEAD' && { body: sent }),
          });
          const answered = await answer(request, env, createExecutionContext());
          expect(answered.status).toBeLessThan(500);
          if (answered.webSocket) {
            answered.webSocket.accept();
            answered.webSocket.close();
            return;
          }
          const bytes = new Uint8Array(await answered.arrayBuffer());
          const told = JSON.stringify([...answered.headers]) + new TextDecoder().decode(bytes);
          for (const hidden of [secret, owned, '/worker/', ' at Object.', 'SQLITE'])
            expect(told).not.toContain(hidden);
        },
      ),
      { numRuns: 500 },
    );
  });
});
