// What a browser gets at a snippet's address: its page, or where there is no text to show, what to do instead.

import type { ProblemCode } from '../../shared/problem.ts';
import type { Target } from '../identity/place.ts';
import { getSession, getSessionCredential, withSession } from '../identity/session.ts';
import { emptyStackPage } from '../pages/empty-stack-page.ts';
import { htmlResponse } from '../pages/html.ts';
import { revealPage } from '../pages/reveal-page.ts';
import { type Shown, snippetPage } from '../pages/snippet-page.ts';
import { readBodyText } from '../stack/body.ts';
import type { ReadAnswer } from '../stack/read.ts';
import { type Audience, cacheHeaders, requireBody } from './text-response.ts';

interface Reading extends Pick<Shown, 'userId' | 'isLatest' | 'isTaken'> {
  readonly audience: Audience;
}

export function snippetResponse(
  request: Request,
  answer: ReadAnswer,
  { audience, ...reading }: Reading,
): Response {
  const snippet = { ...answer, text: readBodyText(requireBody(answer)) };
  const shown = { ...placeOf(request), ...reading, isOwn: audience === 'session' };
  const headers = cacheHeaders(answer, audience);
  return htmlResponse(snippetPage(snippet, shown, Date.now()), { status: 200, headers });
}

/** The page of a refusal that is none to this reader; undefined where it stays one. */
export async function getPageInstead(
  code: ProblemCode,
  request: Request,
  env: Env,
  target: Target,
): Promise<Response | undefined> {
  const { origin, path } = placeOf(request);
  if (code === 'burning') {
    const headers = { 'cache-control': 'no-store' };
    return htmlResponse(revealPage(`${path}/reveal`), { status: 200, headers });
  }
  if (code !== 'not_found' || target.userId === undefined || target.which.kind !== 'latest') return undefined;
  // Another's session is that one's Stack's to say, which has nothing to do with this page.
  if (getSessionCredential(request, env)?.routingHash !== target.routingHash) return undefined;
  const session = await getSession(request, env);
  return (
    session &&
    withSession(session, htmlResponse(emptyStackPage(origin, target.userId), { status: 404, headers: {} }))
  );
}

/** Where a snippet was asked for. */
function placeOf(request: Request): { readonly origin: string; readonly path: string } {
  const { origin, pathname } = new URL(request.url);
  return { origin, path: pathname.replace(/\/+$/, '').replace(/\/reveal$/, '') };
}
