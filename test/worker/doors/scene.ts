// Every route with one good request to it: what the tables of routes vary.

import { env } from 'cloudflare:workers';
import { runInDurableObject } from 'cloudflare:test';
import { createKeySecret, writeKey } from '../../../worker/identity/key.ts';
import { providerIds } from '../../../worker/identity/providers/table.ts';
import { routingHashOf } from '../../../worker/ids/routing-hash.ts';
import { Keys } from '../../../worker/stack/keys.ts';
import { ask, origin, type User } from '../edge.ts';
import { type Browser, openBrowser } from '../session.ts';
import { pushed, somebody } from './pushed.ts';

/** Somebody with a snippet on top of another, signed in by a browser, and with keys that may only read or nothing more. */
export interface Scene {
  readonly owner: User;
  readonly browser: Browser;
  readonly readKey: string;
  readonly revokedKey: string;
  readonly expiredKey: string;
  /** The link's id of what lies below. */
  readonly id: string;
}

/** What the router loads when it is first asked for takes the tests' bundler seconds: before any test has to wait for it. */
await import('../../../worker/mcp/mcp.ts');

export async function createScene(): Promise<Scene> {
  const owner = await somebody();
  // Before any key is asked for: the Stack keeps in mind which there are.
  const keys = await addKeys(owner.userId);
  const browser = await openBrowser(owner.userId);
  const { id } = await pushed(owner, 'below');
  await owner.push('top');
  // Asking for the history archives what waits for it.
  await owner.ask('/v1/history');
  return { owner, browser, ...keys, id };
}

export interface Good {
  readonly path: string;
  readonly init: RequestInit;
}

export interface Route {
  /** What it is answered with. */
  readonly status: number;
  /**
   * What a key must be good for; `nothing`: it is answered without one. `session`: a key is not looked at; `holder`: it
   * is, and is not enough.
   */
  readonly needs: 'nothing' | 'read' | 'write' | 'session' | 'holder';
  /** What of the body is read. */
  readonly body: 'none' | 'text' | 'json' | 'connect' | 'sign-in' | 'json-rpc' | 'form';
  /** What becomes of a query that nobody knows. */
  readonly query: 'ignored' | 'refused';
  /** One good request. */
  readonly good: (scene: Scene) => Good;
}

const read = { status: 200, needs: 'nothing', body: 'none', query: 'ignored' } as const;
const push = { status: 201, needs: 'nothing', body: 'text', query: 'refused' } as const;
const rest = { status: 200, needs: 'read', body: 'none', query: 'refused' } as const;
const restWrite = { ...rest, needs: 'write', body: 'json' } as const;

const page = { status: 200, needs: 'session', body: 'none', query: 'ignored' } as const;
const form = { ...page, body: 'form' } as const;
const signIn = { ...read, body: 'sign-in' } as const;

const get = (path: string): Good => ({ path, init: {} });
const send = (method: string, path: string, body?: BodyInit): Good => ({
  path,
  init: { method, ...(body !== undefined && { body }) },
});
const sendJson = (path: string, body: object): Good => ({
  path,
  init: {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  },
});

const sendForm = (path: string, fields: Record<string, string>): Good => ({
  path,
  init: {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  },
});

/** As a page of this instance sends it. */
const fromOwnPage = ({ path, init }: Good): Good => {
  const headers = new Headers(init.headers);
  headers.set('origin', origin);
  return { path, init: { ...init, headers } };
};

/** What an editor asks with. */
const asked = {
  redirect_uri: 'vscode://pybin.pybin/',
  state: 'state',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
};
/** A code that no device asks with. */
const noDevice = { user_code: 'BCDF-GHJK' };

function connect(
  name: string,
  needs: Route['needs'],
  fieldsOf: (scene: Scene) => object = () => ({}),
): Route {
  return {
    status: 200,
    needs,
    body: 'connect',
    query: 'ignored',
    good: (scene) => sendJson(`/pybin.v1.${name}`, fieldsOf(scene)),
  };
}

const newKey = { name: 'new', scope: 'KEY_SCOPE_READ' };

/** By method and path, as the router names them. */
export const routeTable: Readonly<Record<string, Route>> = {
  'GET /~:user': { ...read, good: ({ owner }) => get(`/~${owner.userId}`) },
  'GET /raw/~:user': { ...read, good: ({ owner }) => get(`/raw/~${owner.userId}`) },
  'GET /~:user/:name': { ...read, good: ({ owner }) => get(`/~${owner.userId}/1`) },
  'GET /raw/~:user/:name': { ...read, good: ({ owner }) => get(`/raw/~${owner.userId}/1`) },
  'GET /s/:id': { ...read, good: ({ id }) => get(`/s/${id}`) },
  'GET /raw/s/:id': { ...read, good: ({ id }) => get(`/raw/s/${id}`) },
  'PUT /s/:id': { ...push, status: 200, needs: 'write', good: ({ id }) => send('PUT', `/s/${id}`, 'new') },
  'DELETE /s/:id': {
    ...read,
    status: 204,
    needs: 'write',
    good: ({ id }) => send('DELETE', `/s/${id}`),
  },
  'POST /s/:id/reveal': { ...read, good: ({ id }) => send('POST', `/s/${id}/reveal`) },
  'GET /v1/live': {
    ...read,
    status: 101,
    needs: 'read',
    good: () => ({ path: '/v1/live', init: { headers: { upgrade: 'websocket' } } }),
  },
  'POST /': { ...push, good: () => send('POST', '/', 'new') },
  'PUT /': { ...push, good: () => send('PUT', '/', 'new') },
  'PUT /:name': { ...push, good: () => send('PUT', '/new.py', 'new') },
  'GET /health': { ...read, good: () => get('/health') },
  'GET /version': { ...read, good: () => get('/version') },
  // This instance has no token for either: they look like no address.
  'GET /metrics': { ...read, status: 404, good: () => get('/metrics') },
  'POST /operator/takedown': { ...read, status: 404, good: () => send('POST', '/operator/takedown', '{}') },
  'GET /': { ...read, good: () => get('/') },
  'POST /sign-in/local': {
    ...read,
    body: 'sign-in',
    good: () => sendJson('/sign-in/local', { userId: 'signs-in' }),
  },
  'GET /sign-in': { ...read, good: () => get('/sign-in') },
  'GET /sign-in/register': { ...read, status: 400, good: () => get('/sign-in/register?attempt=none') },
  'POST /sign-in/register': {
    ...form,
    status: 400,
    needs: 'nothing',
    good: () => fromOwnPage(sendForm('/sign-in/register', { attempt: 'none' })),
  },
  'GET /sign-in/free': { ...read, good: () => get('/sign-in/free?userId=not-taken') },
  'GET /sign-out': { ...read, good: () => get('/sign-out') },
  'POST /sign-out': { ...read, status: 303, good: () => fromOwnPage(send('POST', '/sign-out')) },
  'POST /sign-out/everywhere': { ...page, status: 303, good: () => send('POST', '/sign-out/everywhere') },
  // This instance has no provider.
  ...Object.fromEntries(
    providerIds.flatMap((id) => [
      [`POST /sign-in/${id}`, { ...read, status: 404, good: () => sendForm(`/sign-in/${id}`, {}) }],
      [`GET /sign-in/${id}/callback`, { ...read, status: 404, good: () => get(`/sign-in/${id}/callback`) }],
    ]),
  ),
  'GET /account': { ...page, good: () => get('/account') },
  'POST /account/pushes': {
    ...form,
    status: 303,
    good: () => sendForm('/account/pushes', { visibility: 'private', ttl: '60', archive: 'off' }),
  },
  'POST /account/keys': {
    ...form,
    status: 201,
    good: () => sendForm('/account/keys', { name: 'new', scope: 'read', ttl: '0' }),
  },
  'POST /account/keys/:number/revoke': {
    ...form,
    status: 303,
    good: () => sendForm('/account/keys/1/revoke', {}),
  },
  // Whoever signed in locally has no other way to sign in.
  'POST /account/identities/remove': {
    ...form,
    status: 303,
    good: () => sendForm('/account/identities/remove', { identity: 'none' }),
  },
  'POST /account/sessions/:number/end': {
    ...form,
    status: 303,
    good: () => sendForm('/account/sessions/2/end', {}),
  },
  'POST /account/erase': {
    ...form,
    good: ({ owner }) => sendForm('/account/erase', { user_id: owner.userId }),
  },
  'GET /connect': {
    ...page,
    good: () => get(`/connect?${new URLSearchParams(asked).toString()}`),
  },
  'POST /connect': { ...form, good: () => sendForm('/connect', asked) },
  'POST /v1/sign-in/code': {
    ...signIn,
    status: 400,
    good: () => sendJson('/v1/sign-in/code', { code: 'none', codeVerifier: 'none' }),
  },
  'POST /v1/sign-in/device': { ...signIn, good: () => sendJson('/v1/sign-in/device', {}) },
  'POST /v1/sign-in/device/token': {
    ...signIn,
    status: 400,
    good: () => sendJson('/v1/sign-in/device/token', { device_code: 'none' }),
  },
  'GET /device': { ...page, good: () => get('/device') },
  'POST /device': { ...form, status: 404, good: () => sendForm('/device', noDevice) },
  'POST /device/answer': { ...form, status: 404, good: () => sendForm('/device/answer', noDevice) },
  'POST /v1/snippets': {
    ...restWrite,
    status: 201,
    good: () => sendJson('/v1/snippets', { text: 'new' }),
  },
  'GET /v1/snippets': { ...rest, good: () => get('/v1/snippets') },
  'GET /v1/snippets/latest': { ...rest, good: () => get('/v1/snippets/latest') },
  'POST /v1/snippets/pop': { ...restWrite, good: () => send('POST', '/v1/snippets/pop') },
  'GET /v1/snippets/:id': { ...rest, good: ({ id }) => get(`/v1/snippets/${id}`) },
  'PUT /v1/snippets/:id': {
    ...restWrite,
    good: ({ id }) => send('PUT', `/v1/snippets/${id}`, '{"text":"new"}'),
  },
  'DELETE /v1/snippets/:id': {
    ...rest,
    needs: 'write',
    good: ({ id }) => send('DELETE', `/v1/snippets/${id}`),
  },
  'GET /v1/account': { ...rest, good: () => get('/v1/account') },
  'PATCH /v1/account': {
    ...restWrite,
    good: () => send('PATCH', '/v1/account', '{"defaultVisibility":"VISIBILITY_PRIVATE"}'),
  },
  'GET /v1/account/reads': { ...rest, good: () => get('/v1/account/reads') },
  'DELETE /v1/account': {
    ...rest,
    needs: 'write',
    good: ({ owner }) => send('DELETE', `/v1/account?userId=${owner.userId}`),
  },
  'GET /v1/account/export': { ...read, needs: 'read', good: () => get('/v1/account/export') },
  'GET /v1/history': { ...rest, good: () => get('/v1/history') },
  'GET /v1/history/:id': { ...rest, good: ({ id }) => get(`/v1/history/${id}`) },
  'POST /v1/history/:id/restore': {
    ...restWrite,
    status: 201,
    good: ({ id }) => send('POST', `/v1/history/${id}/restore`),
  },
  'DELETE /v1/history/:id': {
    ...rest,
    needs: 'write',
    good: ({ id }) => send('DELETE', `/v1/history/${id}`),
  },
  'POST /mcp': {
    ...rest,
    body: 'json-rpc',
    query: 'ignored',
    good: () => {
      const { path, init } = sendJson('/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/list' });
      const accept = 'application/json, text/event-stream';
      return { path, init: { ...init, headers: { 'content-type': 'application/json', accept } } };
    },
  },
  'GET /v1/keys': { ...rest, needs: 'write', good: () => get('/v1/keys') },
  // A key can't make another one.
  'POST /v1/keys': { ...restWrite, needs: 'holder', status: 201, good: () => sendJson('/v1/keys', newKey) },
  'DELETE /v1/keys/:number': { ...rest, needs: 'write', good: () => send('DELETE', '/v1/keys/1') },
  'POST /v1/keys/revoke': {
    ...restWrite,
    needs: 'nothing',
    good: () => sendJson('/v1/keys/revoke', { keyText: 'pyb_none' }),
  },
  'POST /v1/live/tickets': {
    ...restWrite,
    needs: 'read',
    status: 201,
    good: () => send('POST', '/v1/live/tickets'),
  },
  'POST /pybin.v1.SnippetService/CreateSnippet': connect('SnippetService/CreateSnippet', 'write', () => ({
    text: 'new',
  })),
  'POST /pybin.v1.SnippetService/ListSnippets': connect('SnippetService/ListSnippets', 'read'),
  'POST /pybin.v1.SnippetService/GetLatestSnippet': connect('SnippetService/GetLatestSnippet', 'read'),
  'POST /pybin.v1.SnippetService/PopSnippet': connect('SnippetService/PopSnippet', 'write'),
  'POST /pybin.v1.SnippetService/GetSnippet': connect('SnippetService/GetSnippet', 'read', ({ id }) => ({
    id,
  })),
  'POST /pybin.v1.SnippetService/UpdateSnippet': connect(
    'SnippetService/UpdateSnippet',
    'write',
    ({ id }) => ({ id, text: 'new' }),
  ),
  'POST /pybin.v1.SnippetService/DeleteSnippet': connect(
    'SnippetService/DeleteSnippet',
    'write',
    ({ id }) => ({ id }),
  ),
  'POST /pybin.v1.AccountService/GetAccount': connect('AccountService/GetAccount', 'read'),
  'POST /pybin.v1.AccountService/UpdateAccount': connect('AccountService/UpdateAccount', 'write', () => ({
    defaultVisibility: 'VISIBILITY_PRIVATE',
  })),
  'POST /pybin.v1.AccountService/ListReadCounts': connect('AccountService/ListReadCounts', 'read'),
  'POST /pybin.v1.AccountService/DeleteAccount': connect(
    'AccountService/DeleteAccount',
    'write',
    ({ owner }) => ({
      userId: owner.userId,
    }),
  ),
  'POST /pybin.v1.HistoryService/ListHistory': connect('HistoryService/ListHistory', 'read'),
  'POST /pybin.v1.HistoryService/GetHistorySnippet': connect(
    'HistoryService/GetHistorySnippet',
    'read',
    ({ id }) => ({ id }),
  ),
  'POST /pybin.v1.HistoryService/RestoreHistorySnippet': connect(
    'HistoryService/RestoreHistorySnippet',
    'write',
    ({ id }) => ({ id }),
  ),
  'POST /pybin.v1.HistoryService/DeleteHistorySnippet': connect(
    'HistoryService/DeleteHistorySnippet',
    'write',
    ({ id }) => ({ id }),
  ),
  'POST /pybin.v1.KeyService/ListKeys': connect('KeyService/ListKeys', 'write'),
  'POST /pybin.v1.KeyService/CreateKey': {
    ...connect('KeyService/CreateKey', 'holder', () => newKey),
  },
  'POST /pybin.v1.KeyService/DeleteKey': connect('KeyService/DeleteKey', 'write', () => ({ number: 1 })),
  'POST /pybin.v1.KeyService/RevokeKey': connect('KeyService/RevokeKey', 'nothing', () => ({
    keyText: 'pyb_none',
  })),
  'POST /pybin.v1.LiveService/CreateLiveTicket': connect('LiveService/CreateLiveTicket', 'read'),
};

export const routeRows: [string, Route][] = Object.entries(routeTable);

/** Whether a credential makes no difference: what is there for everybody, and reads that take a POST. */
export function isOpenToAll(name: string): boolean {
  return OPEN_TO_ALL.has(name);
}

const OPEN_TO_ALL: ReadonlySet<string> = new Set([
  'GET /',
  'GET /health',
  'GET /version',
  'GET /metrics',
  'POST /operator/takedown',
  'POST /sign-in/local',
  'GET /sign-in',
  'GET /sign-in/register',
  'POST /sign-in/register',
  'GET /sign-in/free',
  'GET /sign-out',
  'POST /sign-out',
  ...providerIds.flatMap((id) => [`POST /sign-in/${id}`, `GET /sign-in/${id}/callback`]),
  'POST /s/:id/reveal',
  'POST /v1/keys/revoke',
  'POST /pybin.v1.KeyService/RevokeKey',
  'POST /v1/sign-in/code',
  'POST /v1/sign-in/device',
  'POST /v1/sign-in/device/token',
]);

/** Sends a request with a key, or with none; a socket that it opens is closed. */
export async function askGood({ path, init }: Good, key?: string): Promise<Response> {
  const headers = new Headers(init.headers);
  if (key !== undefined) headers.set('authorization', `Bearer ${key}`);
  return closed(await ask(path, { ...init, headers, redirect: 'manual' }));
}

/** Sends a request by a browser that is signed in, from a page of this instance unless another is named. */
export async function askSignedIn(
  { path, init }: Good,
  { browser }: Scene,
  from: string = origin,
): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('origin', from);
  return closed(await browser.ask(path, { ...init, headers, redirect: 'manual' }));
}

/** Sends a good request as the one who may: with a key where that is enough. */
export function askAsOwner({ needs }: Route, good: Good, scene: Scene): Promise<Response> {
  if (needs === 'session' || needs === 'holder') return askSignedIn(good, scene);
  return askGood(good, needs === 'nothing' ? undefined : scene.owner.key);
}

function closed(answer: Response): Response {
  answer.webSocket?.accept();
  answer.webSocket?.close();
  return answer;
}

/** Keys that are good for less than the one of the sign-in, or for nothing. */
function addKeys(userId: string): Promise<Pick<Scene, 'readKey' | 'revokedKey' | 'expiredKey'>> {
  const routingHash = routingHashOf(userId);
  const stack = env.STACK.get(env.STACK.idFromName(routingHash));
  return runInDurableObject(stack, (_stack, state) => {
    const keys = new Keys(state.storage.sql);
    const nowMs = Date.now();
    const add = (scope: 'read' | 'write', endsAtMs?: number) => {
      const { secret, secretHash } = createKeySecret();
      const number = keys.add({ secretHash, scope, name: 'added', endsAtMs }, nowMs);
      return { number, text: writeKey(env.INSTANCE_SECRETS, 'key', { routingHash, number }, secret) };
    };
    const revoked = add('write');
    keys.remove([revoked.number]);
    return { readKey: add('read').text, expiredKey: add('write', nowMs).text, revokedKey: revoked.text };
  });
}
