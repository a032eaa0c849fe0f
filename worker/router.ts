// Every route on one page, and the one catch.

import { type IRequest, Router, type RouterType } from 'itty-router';
import packageJson from '../package.json' with { type: 'json' };
import { type Problem, ProblemError } from '../shared/problem.ts';
import { getPreflight, openToPages } from './cors.ts';
import { deleteByLink } from './doors/delete.ts';
import { beginDeviceSignIn, giveDeviceKey } from './doors/device.ts';
import { giveEditorKey } from './doors/editor-code.ts';
import { exportAccount } from './doors/export.ts';
import { answerHealth } from './doors/health.ts';
import { watch } from './doors/live.ts';
import { readMetrics } from './doors/metrics.ts';
import { pushText, replaceText } from './doors/push.ts';
import { type Call, readBytes, readSnippet, revealSnippet } from './doors/read.ts';
import { takeDown } from './doors/takedown.ts';
import { isLocalSignInOpen, signInLocally } from './identity/local-sign-in.ts';
import { requireLinkTarget, requireNamedTarget, requireUserTarget } from './identity/place.ts';
import { getProvider, providerIds } from './identity/providers/table.ts';
import { type Scanner, scannerOf } from './identity/scanners.ts';
import { isForm } from './intake/form-fields.ts';
import { summing } from './metrics/isolate.ts';
import {
  createKey,
  endOtherSession,
  eraseAccount,
  removeIdentity,
  revokeKey,
  savePushes,
  showAccount,
} from './pages/account/account.ts';
import { answerEditor, showConnect } from './pages/connect.ts';
import { answerAskingDevice, findDevice, showDevice } from './pages/device.ts';
import { showHome } from './pages/home.ts';
import { signInOnThisMachine } from './pages/local-sign-in.ts';
import { register, showRegistration, tellFree } from './pages/registration.ts';
import { comeBack, leave, showSignIn } from './pages/sign-in.ts';
import { showSignOut, signOut, signOutOfAll } from './pages/sign-out.ts';
import { problemResponse } from './problem-response.ts';
import { answerConnect, connectHandlers } from './services/connect.ts';
import { forEachMethod } from './services/methods.ts';
import { restHandler } from './services/rest.ts';
import { nothingHere } from './stack/read.ts';
import { asProblem, type RoutedRequest, Visit } from './visit.ts';

/** What a route needs of the request besides itself. */
interface RoutedCall extends Call {
  readonly visit: Visit;
}

type Arguments = [env: Env, call: RoutedCall];

/** Where a text is pushed under a name. Nothing can be read there: what is pushed gets an address of its own. */
const FILE_NAME_PATH = '/:name';

/** Where a token is needed to be answered at all: to others there is nothing. */
const TOKEN_PATHS: ReadonlySet<string> = new Set(['/metrics', '/operator/takedown']);

const router: RouterType<IRequest, Arguments, Response> = Router<IRequest, Arguments, Response>();

// Routes are tried in turn, so what is asked for most stands first.

// A user's newest public snippet, and any by its number or alias: the bytes, or a page for browsers.
// Under /raw always the bytes.
router.get('/~:user', (request, env, call) =>
  readSnippet(request, env, requireUserTarget(param(request, 'user')), call),
);
router.get('/raw/~:user', (request, env, call) =>
  readBytes(request, env, requireUserTarget(param(request, 'user')), call),
);
router.get('/~:user/:name', (request, env, call) =>
  readSnippet(request, env, requireNamedTarget(param(request, 'user'), param(request, 'name')), call),
);
router.get('/raw/~:user/:name', (request, env, call) =>
  readBytes(request, env, requireNamedTarget(param(request, 'user'), param(request, 'name')), call),
);

// A snippet by its link, for whoever has it; its owner replaces and deletes it here.
router.get('/s/:id', (request, env, call) =>
  readSnippet(request, env, requireLinkTarget(param(request, 'id'), env), call),
);
router.get('/raw/s/:id', (request, env, call) =>
  readBytes(request, env, requireLinkTarget(param(request, 'id'), env), call),
);
router.put('/s/:id', (request, env) => replaceText(request, env, param(request, 'id')));
router.delete('/s/:id', (request, env) => deleteByLink(request, env, param(request, 'id')));

// A burning snippet takes a POST to read, so that no preview, scanner or HEAD burns it.
router.post('/s/:id/reveal', (request, env) => revealSnippet(request, env, param(request, 'id')));

// What changes on the caller's stack, told as it happens, over a WebSocket.
router.get('/v1/live', (request, env, call) => watch(request, env, call));

// Pushing with curl: the body as it is, with or without a file name.
router.post('/', (request, env) => pushText(request, env));
router.put('/', (request, env) => pushText(request, env));
router.put(FILE_NAME_PATH, (request, env) => pushText(request, env, param(request, 'name')));

// Operations: is it well, which one is it, and what has it done?
router.get('/health', (_request, env) => answerHealth(env));
router.get('/version', (_request, env) =>
  Response.json({ name: 'pybin', version: packageJson.version, commit: env.COMMIT || 'development' }),
);
router.get('/metrics', (request, env) => readMetrics(request, env));

// The operator takes a snippet down, whoever's it is.
router.post('/operator/takedown', (request, env) => takeDown(request, env));

// What this is.
router.get('/', (request, env) => showHome(request, env));

// Everything of an account, for whoever is signed in by a browser.
router.get('/account', (request, env) => showAccount(request, env));
router.post('/account/pushes', (request, env) => savePushes(request, env));
router.post('/account/keys', (request, env) => createKey(request, env));
router.post('/account/keys/:number/revoke', (request, env) =>
  revokeKey(request, env, param(request, 'number')),
);
router.post('/account/identities/remove', (request, env) => removeIdentity(request, env));
router.post('/account/sessions/:number/end', (request, env) =>
  endOtherSession(request, env, param(request, 'number')),
);
router.post('/account/erase', (request, env) => eraseAccount(request, env));

// Signing in by the browser: the choice of a provider; the first time, the choice of a user id; and the ways out.
router.get('/sign-in', (request, env) => showSignIn(request, env));
router.get('/sign-in/register', (request, env) => showRegistration(request, env));
router.post('/sign-in/register', (request, env) => register(request, env));
router.get('/sign-in/free', (request, env) => tellFree(request, env));
router.get('/sign-out', (request, env) => showSignOut(request, env));
router.post('/sign-out', (request, env) => signOut(request, env));
router.post('/sign-out/everywhere', (request, env) => signOutOfAll(request, env));

// Sign-in on a developer's machine, by a form or for a key; elsewhere the address doesn't exist.
router.post('/sign-in/local', (request, env) => {
  if (!isLocalSignInOpen(request, env)) return nowhere();
  return isForm(request) ? signInOnThisMachine(request, env) : signInLocally(request, env);
});

// To a provider and back; where this instance hasn't the provider, the address doesn't exist.
for (const id of providerIds) {
  router.post(`/sign-in/${id}`, (request, env) => leave(request, env, getProvider(env, id) ?? nowhere()));
  router.get(`/sign-in/${id}/callback`, (request, env) =>
    comeBack(request, env, getProvider(env, id) ?? nowhere()),
  );
}

// An editor asks for a key of its own: its owner approves it in the browser, and it fetches the key with a code.
router.get('/connect', (request, env) => showConnect(request, env));
router.post('/connect', (request, env) => answerEditor(request, env));
router.post('/v1/sign-in/code', (request, env) => giveEditorKey(request, env));

// A device without a browser asks for one: it shows a code, which its owner types.
router.post('/v1/sign-in/device', (request, env) => beginDeviceSignIn(request, env));
router.post('/v1/sign-in/device/token', (request, env) => giveDeviceKey(request, env));
router.get('/device', (request, env) => showDevice(request, env));
router.post('/device', (request, env) => findDevice(request, env));
router.post('/device/answer', (request, env) => answerAskingDevice(request, env));

// Everything of the caller's, as one file.
router.get('/v1/account/export', (request, env) => exportAccount(request, env));

// The contract as REST, one route a method.
forEachMethod((method) => {
  const handler = restHandler(method);
  const { verb, path } = method.rest;
  const handle = (request: IRequest, env: Env) => handler(request, env);
  if (verb === 'GET') router.get(path, handle);
  if (verb === 'POST') router.post(path, handle);
  if (verb === 'PUT') router.put(path, handle);
  if (verb === 'PATCH') router.patch(path, handle);
  if (verb === 'DELETE') router.delete(path, handle);
});

// The stack's tools for language models. Read when first asked for: the protocol's library is large.
router.post('/mcp', async (request, env) => {
  const { answerMcp } = await import('./mcp/mcp.ts');
  return answerMcp(request, env);
});

// The contract as Connect and gRPC-Web.
for (const [path, handler] of connectHandlers)
  router.post(path, (request, env, { visit }) =>
    answerConnect(handler, {
      request,
      env,
      problemOf: (error) => problemOf(error, visit, scannerOf(request, env)),
    }),
  );

/** Every route, in the order in which they are tried. */
export const routes: readonly { readonly method: string; readonly path: string }[] = router.routes.map(
  ([method, , , path]) => ({ method, path: path || '/' }),
);

/** Answers any request. Never throws. */
export async function answer(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
  const visit = new Visit(request.method, Date.now());
  const answered = getPreflight(request) ?? openToPages(request, await respond(request, env, ctx, visit));
  const response = visit.end(answered);
  summing.flushSoon(env, ctx, Date.now());
  return response;
}

async function respond(request: Request, env: Env, ctx: ExecutionContext, visit: Visit): Promise<Response> {
  const scanner = scannerOf(request, env);
  try {
    scanner?.refuseShutOut(Date.now());
    const isHead = request.method === 'HEAD';
    const asked = visit.ask(normalize(request));
    const response = await router.fetch(asked, env, { ctx, isHead, visit });
    if (!response) return unrouted(asked, visit);
    return isHead ? withoutBody(response) : response;
  } catch (error) {
    return problemResponse(await problemOf(error, visit, scanner), request);
  }
}

/** The problem to answer: what was refused, or that something broke; for one miss too many, to wait. */
async function problemOf(error: unknown, visit: Visit, scanner: Scanner | undefined): Promise<Problem> {
  const problem = asProblem(error);
  const judged = (await scanner?.judge(problem, Date.now())) ?? problem;
  return visit.tell(judged, error);
}

/** HEAD is answered like GET (RFC 9110, 9.3.2), and `~` is also sent as `%7E`. */
function normalize(request: Request): Request {
  const url = request.url.replace(/%7e/gi, '~');
  if (request.method !== 'HEAD' && url === request.url) return request;
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  return new Request(url, new Request(request, { method }));
}

function withoutBody(response: Response): Response {
  return new Response(null, response);
}

/** Nothing answers this method here: 405 where others do, else 404. */
function unrouted(request: RoutedRequest, visit: Visit): Response {
  const { pathname } = new URL(request.url);
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const answering = router.routes.filter(
    ([, pattern, , path]) => pattern.test(pathname) && !TOKEN_PATHS.has(path ?? ''),
  );
  const isOnlyName = answering.every(([, , , path]) => path === FILE_NAME_PATH);
  if (answering.length === 0 || (isRead && isOnlyName))
    return problemResponse(visit.tell(nothingHere().problem), request);
  const methods = answering.map(([method]) => method);
  const allowed = [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
  const detail = `This address answers ${allowed.join(', ')}.`;
  const problem = visit.tell({ code: 'method_not_allowed', detail });
  return problemResponse(problem, request, { allow: allowed.join(', ') });
}

function nowhere(): never {
  throw new ProblemError(nothingHere().problem);
}

function param(request: IRequest, name: string): string {
  const value = request.params[name];
  if (value === undefined) throw new Error(`the route has no parameter ${name}`);
  return value;
}
