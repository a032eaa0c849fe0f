// Connecting an editor: its owner sees who asks and where the answer goes, approves or refuses, and goes back to it.
// Nobody is sent anywhere before that, and never to an address that isn't an editor's.

import { limits } from '../../shared/limits.ts';
import { readConnectRequest, type ConnectRequest } from '../identity/connect/connect-request.ts';
import { answeredAddress } from '../../shared/redirect-address.ts';
import { beginFlow } from '../identity/flow/flows.ts';
import { requireSession, type Session, withSession } from '../identity/session.ts';
import { readFormFields } from '../intake/form-fields.ts';
import { approveEditorPage, backToEditorPage, badConnectPage } from './connect-page.ts';
import { isApproval, isConsentOf } from './consent.ts';
import { htmlResponse } from './html.ts';
import { getFullKeysPage } from './keys-full.ts';

/** `GET /connect`: an editor opened the browser with it. */
export async function showConnect(request: Request, env: Env): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const asked = readConnectRequest((name) => query.get(name));
  if (typeof asked === 'string') return badConnect(asked);
  return askFor(asked, await requireSession(request, env), env);
}

/** `POST /connect`: its owner has answered. */
export async function answerEditor(request: Request, env: Env): Promise<Response> {
  const session = await requireSession(request, env);
  const form = await readFormFields(request, limits.formPageBytes);
  const asked = readConnectRequest((name) => form.get(name));
  if (typeof asked === 'string') return badConnect(asked);
  const isApproved = isApproval(form);
  if (isApproved && !isConsentOf(session.account.userId, form)) return askFor(asked, session, env);
  const answer = isApproved ? { code: await createCode(env, session, asked) } : { error: 'access_denied' };
  const href = answeredAddress(asked.redirect, { ...answer, state: asked.state });
  const page = backToEditorPage(session.account.userId, editorOf(asked), isApproved, href);
  // A page that goes on by itself: a redirect to an editor's own scheme would leave the person with nothing to see.
  const headers = { refresh: `0; url=${href}` };
  return withSession(session, htmlResponse(page, { status: 200, headers }));
}

async function askFor(asked: ConnectRequest, session: Session, env: Env): Promise<Response> {
  const full = await getFullKeysPage(env, session, asked.name);
  if (full) return full;
  const page = approveEditorPage(session.account.userId, editorOf(asked), asked.fields);
  return withSession(session, htmlResponse(page, { status: 200, headers: {} }));
}

function createCode(env: Env, session: Session, { codeChallenge, name }: ConnectRequest): Promise<string> {
  const { account, credential } = session;
  const flow = { kind: 'editor', codeChallenge, name, userId: account.userId, by: credential } as const;
  return beginFlow(env, flow, limits.connect.codeSeconds);
}

function editorOf({ name, redirect }: ConnectRequest) {
  return { name, receiver: redirect.receiver, place: redirect.place };
}

function badConnect(reason: string): Response {
  return htmlResponse(badConnectPage(reason), { status: 400, headers: { 'cache-control': 'no-store' } });
}
