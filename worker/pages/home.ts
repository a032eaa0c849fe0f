// `GET /`: a page for browsers, a few lines for `curl`.

import { getSession, withSession } from '../identity/session.ts';
import { homePage, homeText } from './home-page.ts';
import { htmlResponse, wantsHtml } from './html.ts';

export async function showHome(request: Request, env: Env): Promise<Response> {
  const { origin } = new URL(request.url);
  if (!wantsHtml(request)) return new Response(homeText(origin), { headers: { vary: 'Accept' } });
  const session = await getSession(request, env);
  const headers = { 'cache-control': 'no-store', vary: 'Accept, Cookie' };
  const answer = htmlResponse(homePage(origin, session?.account.userId), { status: 200, headers });
  return session ? withSession(session, answer) : answer;
}
