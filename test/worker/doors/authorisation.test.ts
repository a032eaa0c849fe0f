// The table of authorisation: every route, asked by everyone who may come. The routes are those of the router, which
// routes.test.ts holds the scene's table to: one that is new has its row here, or fails there.

import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { atSeconds, useOwnClock } from '../stack-inside.ts';
import {
  askGood,
  askSignedIn,
  createScene,
  isOpenToAll,
  type Route,
  routeRows,
  type Scene,
} from './scene.ts';

useOwnClock();

/** Who comes, and how they ask. */
const askers = {
  nobody: (route, scene) => askGood(route.good(scene)),
  'a key that reads': (route, scene) => askGood(route.good(scene), scene.readKey),
  'a key that writes': (route, scene) => askGood(route.good(scene), scene.owner.key),
  'a key that was revoked': (route, scene) => askGood(route.good(scene), scene.revokedKey),
  'a key whose time is over': (route, scene) => askGood(route.good(scene), scene.expiredKey),
  'another’s key': (route, scene, other) => askGood(route.good(scene), other.owner.key),
  'a session': (route, scene) => askSignedIn(route.good(scene), scene),
  'a session from another origin': (route, scene) =>
    askSignedIn(route.good(scene), scene, 'https://evil.example'),
} as const satisfies Record<string, (route: Route, scene: Scene, other: Scene) => Promise<Response>>;

type Asker = keyof typeof askers;
const askerNames = Object.keys(askers).filter((name): name is Asker => name in askers);

/** Where another has what they ask for, it is their own that they get. What isn't theirs looks like nothing. */
const toOthers: Readonly<Record<string, number>> = {
  'PUT /s/:id': 404,
  'DELETE /s/:id': 404,
  'GET /v1/snippets/:id': 404,
  'PUT /v1/snippets/:id': 404,
  'DELETE /v1/snippets/:id': 404,
  'GET /v1/history/:id': 404,
  'POST /v1/history/:id/restore': 404,
  'DELETE /v1/history/:id': 404,
  // Their own account isn't called so.
  'DELETE /v1/account': 400,
  'POST /pybin.v1.SnippetService/GetSnippet': 404,
  'POST /pybin.v1.SnippetService/UpdateSnippet': 404,
  'POST /pybin.v1.SnippetService/DeleteSnippet': 404,
  'POST /pybin.v1.HistoryService/GetHistorySnippet': 404,
  'POST /pybin.v1.HistoryService/RestoreHistorySnippet': 404,
  'POST /pybin.v1.HistoryService/DeleteHistorySnippet': 404,
  'POST /pybin.v1.AccountService/DeleteAccount': 400,
};

/** Nobody needs a key here, and whoever shows one is who it says: it must be good for a push. */
const pushes: ReadonlySet<string> = new Set(['POST /', 'PUT /', 'PUT /:name']);

/** Answered by a key alone. */
const keysOnly: ReadonlySet<string> = new Set(['POST /mcp']);

/** Answered to all, but not where a page of another origin sends a session along: that is never meant. */
const neverFromElsewhere: ReadonlySet<string> = new Set([
  'POST /v1/keys/revoke',
  'POST /sign-in/register',
  'POST /sign-out',
  'POST /pybin.v1.KeyService/RevokeKey',
]);

function expectedStatus(name: string, { needs, status }: Route, asker: Asker): number {
  const isFromElsewhere = asker === 'a session from another origin';
  if (isOpenToAll(name)) return isFromElsewhere && neverFromElsewhere.has(name) ? 403 : status;
  const byKey = { nothing: status, read: status, write: status, session: 401, holder: 403 }[needs];
  switch (asker) {
    case 'nobody':
      return needs === 'nothing' ? status : 401;
    case 'a key that reads':
      return needs === 'write' || pushes.has(name) ? 403 : byKey;
    case 'a key that writes':
      return byKey;
    case 'a key that was revoked':
    case 'a key whose time is over':
      return 401;
    case 'another’s key':
      return toOthers[name] ?? byKey;
    case 'a session':
      return keysOnly.has(name) ? 401 : status;
    case 'a session from another origin':
      // A socket is no mere read: it goes on.
      return name.startsWith('GET ') && name !== 'GET /v1/live' ? status : 403;
    default:
      return asker satisfies never;
  }
}

/** What nothing changes. */
let still: Scene;
/** Somebody else, who has snippets of the same numbers. */
let eve: Scene;
let seconds = 0;

beforeAll(async () => {
  still = await createScene();
  eve = await createScene();
});

// What one may do in a second is not the matter here.
beforeEach(() => {
  seconds += 1;
  atSeconds(seconds);
});

describe.each(routeRows)('%s', (name, route) => {
  const rows = askerNames.map((asker) => ({ asker, status: expectedStatus(name, route, asker) }));

  it.each(rows)('asked by $asker: $status', async ({ asker, status }) => {
    const changesNothing = status >= 400 || name.startsWith('GET ');
    const scene = changesNothing ? still : await createScene();
    const other = changesNothing || asker !== 'another’s key' ? eve : await createScene();
    expect((await askers[asker](route, scene, other)).status).toBe(status);
  });
});

describe('what was refused or read', () => {
  it('changed nothing', async () => {
    const { snippets } = await (
      await still.owner.ask('/v1/snippets')
    ).json<{ snippets: { readonly number: number; readonly revision: number }[] }>();
    expect(snippets.map(({ number, revision }) => [number, revision])).toEqual([
      [2, 1],
      [1, 1],
    ]);
    const account = await (await still.owner.ask('/v1/account')).json<{ defaultVisibility: string }>();
    expect(account.defaultVisibility).toBe('VISIBILITY_PUBLIC');
    const { keys } = await (await still.owner.ask('/v1/keys')).json<{ keys: unknown[] }>();
    expect(keys).toHaveLength(2);
  });
});
