// A problem as an HTTP answer: RFC 9457 for programs, a page for browsers.

import { toJson } from '@bufbuild/protobuf';
import { ProblemSchema } from '../shared/gen/pybin_pb.js';
import { limits } from '../shared/limits.ts';
import { toProblemMessage } from '../shared/message.ts';
import { type Problem, problems } from '../shared/problem.ts';
import { signInPath } from './identity/return-path.ts';
import { htmlResponse, wantsHtml } from './pages/html.ts';
import { type Asked, problemPage } from './pages/problem-page.ts';

export function problemResponse(problem: Problem, request: Request, headers: HeadersInit = {}): Response {
  const { status } = problems[problem.code];
  const all = new Headers(headers);
  all.set('cache-control', 'no-store');
  if (problem.code === 'unauthenticated') all.set('www-authenticate', 'Bearer realm="pybin"');
  if (problem.retryAfterSeconds !== undefined) all.set('retry-after', String(problem.retryAfterSeconds));
  if (problem.policy !== undefined) {
    // draft-ietf-httpapi-ratelimit-headers: what is allowed, and that nothing is left of it.
    const { quota, windowSeconds } = limits.rates[problem.policy];
    all.set('ratelimit-policy', `"${problem.policy}";q=${quota};w=${windowSeconds}`);
    all.set('ratelimit', `"${problem.policy}";r=0;t=${problem.retryAfterSeconds ?? windowSeconds}`);
  }
  if (needsSignIn(problem, request)) {
    all.set('location', signInPath(request));
    return new Response(null, { status: 303, headers: all });
  }
  if (wantsHtml(request))
    return htmlResponse(problemPage(problem, asAsked(request)), { status, headers: all });
  all.set('content-type', 'application/problem+json');
  all.set('x-content-type-options', 'nosniff');
  // A newline, because most of these are read in a terminal.
  const body = `${JSON.stringify(toJson(ProblemSchema, toProblemMessage(problem)))}\n`;
  return new Response(body, { status, headers: all });
}

function asAsked(request: Request): Asked {
  const { pathname, search } = new URL(request.url);
  if (request.method !== 'GET') return { againPath: undefined, signInPath: '/sign-in' };
  // A browser would take two slashes for another host.
  const againPath = pathname.startsWith('//') ? undefined : pathname + search;
  return { againPath, signInPath: signInPath(request) };
}

/** Whether a browser asked for a page that needs a session. What was sent by a form is answered where it was sent. */
function needsSignIn({ code }: Problem, request: Request): boolean {
  const isPage = request.method === 'GET' && wantsHtml(request) && !request.headers.has('authorization');
  return code === 'unauthenticated' && isPage;
}
