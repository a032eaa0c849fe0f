// What is done at /account: each action asks the owner's Stack, by the session, and goes back to the page with a word
// on it. What is refused is told on the page itself, and what was typed stays.

import { getNumber } from '../../../shared/address.ts';
import { type KeyDraft, keyScopes } from '../../../shared/key.ts';
import { limits } from '../../../shared/limits.ts';
import { type Problem, ProblemError, problems } from '../../../shared/problem.ts';
import { checkTtl, visibilities } from '../../../shared/snippet.ts';
import { makeKey } from '../../identity/make-key.ts';
import { offeredProviders, providerName } from '../../identity/providers/table.ts';
import { endedCookie, requireSession, type Session, withSession } from '../../identity/session.ts';
import { type FormFields, readFormFields } from '../../intake/form-fields.ts';
import { invalidField } from '../../intake/json.ts';
import { callAs } from '../../stack/stub.ts';
import { htmlResponse } from '../html.ts';
import { goTo } from '../sign-in.ts';
import { accountPage } from './account-page.ts';
import { erasedPage } from './erased-page.ts';
import { newKeyPage } from './new-key-page.ts';
import type { Said, ShownAccount, TypedKey } from './shown.ts';

/** What was done, by the word in the page's address. */
const DONE = {
  'identity-added': 'The way to sign in is added.',
  'identity-removed': 'The way to sign in is removed.',
  'key-revoked': 'The key is revoked: its next use is refused.',
  saved: 'Saved. It holds for what you push from now on.',
  'session-ended': 'That browser is signed out.',
} as const;

type Done = keyof typeof DONE;

/** `GET /account` */
export async function showAccount(request: Request, env: Env): Promise<Response> {
  const session = await requireSession(request, env);
  const word = new URL(request.url).searchParams.get('done') ?? '';
  const said = isDone(word) ? ({ kind: 'done', text: DONE[word] } as const) : undefined;
  return accountResponse(session, env, 200, said);
}

/** `POST /account/keys`: makes one, and shows it this once. */
export async function createKey(request: Request, env: Env): Promise<Response> {
  const { session, form } = await readAction(request, env);
  const key = { name: form.get('name').trim(), scope: form.get('scope'), ttl: form.get('ttl') };
  const { origin } = new URL(request.url);
  return attempt(session, env, { kind: 'key refused', key }, async () => {
    const draft = readKeyDraft(key);
    const { scope } = draft;
    await refuseNamesake(session, env, key.name);
    const { keyText } = await makeKey({ env, origin }, session.credential, draft);
    const page = newKeyPage({ userId: session.account.userId, name: key.name, scope, keyText, origin });
    return htmlResponse(page, { status: 201, headers: {} });
  });
}

/** `POST /account/keys/{number}/revoke` */
export async function revokeKey(request: Request, env: Env, number: string): Promise<Response> {
  const { session } = await readAction(request, env);
  return attempt(session, env, { kind: 'refused' }, async () => {
    await callAs(env, session.credential, (owner) => owner.deleteKey(requireNumber(number)));
    return done('key-revoked');
  });
}

/** `POST /account/pushes`: what a push gets that says nothing of it. */
export async function savePushes(request: Request, env: Env): Promise<Response> {
  const { session, form } = await readAction(request, env);
  return attempt(session, env, { kind: 'refused' }, async () => {
    const change = {
      defaultVisibility: visibilities.find((known) => known === form.get('visibility')),
      defaultTtlSeconds: requireTtlSeconds(form.get('ttl')),
      isArchived: getSwitch(form.get('archive')),
    };
    await callAs(env, session.credential, (owner) => owner.updateAccount(change));
    return done('saved');
  });
}

/** `POST /account/identities/remove` */
export async function removeIdentity(request: Request, env: Env): Promise<Response> {
  const { session, form } = await readAction(request, env);
  return attempt(session, env, { kind: 'refused' }, async () => {
    await callAs(env, session.credential, (owner) => owner.unlink(form.get('identity')));
    return done('identity-removed');
  });
}

/** `POST /account/sessions/{number}/end` */
export async function endOtherSession(request: Request, env: Env, number: string): Promise<Response> {
  const { session } = await readAction(request, env);
  return attempt(session, env, { kind: 'refused' }, async () => {
    await callAs(env, session.credential, (owner) => owner.endSession(requireNumber(number)));
    return done('session-ended');
  });
}

/** `POST /account/erase` */
export async function eraseAccount(request: Request, env: Env): Promise<Response> {
  const { session, form } = await readAction(request, env);
  const typed = form.get('user_id').trim();
  // Nothing of the session is to come back with the answer.
  const last = { ...session, setCookie: undefined };
  return attempt(last, env, { kind: 'erasure refused', typed }, async () => {
    const receipt = await callAs(env, session.credential, (owner) => owner.erase(typed));
    const headers = { 'set-cookie': endedCookie };
    return htmlResponse(erasedPage(receipt), { status: 200, headers });
  });
}

/** @throws {ProblemError} `invalid_argument` for what no choice of the form sends */
function readKeyDraft({ name, scope: text, ttl }: TypedKey): KeyDraft {
  const scope = keyScopes.find((known) => known === text);
  if (!scope) throw invalidField('scope', 'A key reads, or it reads and writes.');
  return { name, scope, ttlSeconds: ttl === '0' ? undefined : Number(ttl) };
}

/** So that a page which is loaded again doesn't make another key. */
async function refuseNamesake({ credential }: Session, env: Env, name: string): Promise<void> {
  const keys = await callAs(env, credential, (owner) => owner.listKeys());
  if (keys.some((key) => key.name === name))
    throw invalidField('name', 'You have a key of this name. Choose another, or revoke that one first.');
}

/** @throws {ProblemError} `invalid_argument` for what can't be a lifetime */
function requireTtlSeconds(text: string): number {
  const ttlSeconds = Number(text);
  const refusal = checkTtl(ttlSeconds, 'ttl');
  if (refusal) throw new ProblemError(refusal.problem);
  return ttlSeconds;
}

/** Undefined where the form says neither. */
function getSwitch(text: string): boolean | undefined {
  return text === 'on' ? true : text === 'off' ? false : undefined;
}

async function readAction(
  request: Request,
  env: Env,
): Promise<{ readonly session: Session; readonly form: FormFields }> {
  const session = await requireSession(request, env);
  return { session, form: await readFormFields(request, limits.formPageBytes) };
}

/** How a refusal is told: its text is the problem's. */
type Refused = Said extends infer Kind ? (Kind extends Said ? Omit<Kind, 'text'> : never) : never;

/** Runs an action. What it is refused is told on the page; what is broken, or a session that has ended, isn't. */
async function attempt(
  session: Session,
  env: Env,
  refused: Refused,
  run: () => Promise<Response>,
): Promise<Response> {
  try {
    return withSession(session, await run());
  } catch (error) {
    const problem = error instanceof ProblemError ? error.problem : undefined;
    if (!problem || !isTold(problem)) throw error;
    return accountResponse(session, env, problems[problem.code].status, { ...refused, text: problem.detail });
  }
}

function isTold({ code }: Problem): boolean {
  const { status } = problems[code];
  return status < 500 && code !== 'unauthenticated' && code !== 'rate_limited';
}

async function accountResponse(
  session: Session,
  env: Env,
  status: number,
  said: Said | undefined,
): Promise<Response> {
  const page = accountPage(await lookUp(session, env), said, Date.now());
  return withSession(session, htmlResponse(page, { status, headers: {} }));
}

async function lookUp({ account, credential }: Session, env: Env): Promise<ShownAccount> {
  const [keys, sessions, identities] = await Promise.all([
    callAs(env, credential, (owner) => owner.listKeys()),
    callAs(env, credential, (owner) => owner.listSessions()),
    callAs(env, credential, (owner) => owner.listIdentities()),
  ]);
  return {
    ...account,
    keys: keys.map((key) => ({ ...key, scope: key.scope === 'write' ? 'write' : 'read' })),
    sessions,
    identities: identities.map((identity) => ({
      ...identity,
      provider: providerName(env, identity.provider),
    })),
    providers: offeredProviders(env),
  };
}

function done(word: Done): Response {
  return goTo(`/account?done=${word}`);
}

function isDone(word: string): word is Done {
  return Object.hasOwn(DONE, word);
}

/** @throws {ProblemError} `not_found` where a path has no number */
function requireNumber(text: string): number {
  const number = getNumber(text);
  if (number === undefined)
    throw new ProblemError({ code: 'not_found', detail: 'There is no such thing any more.' });
  return number;
}
