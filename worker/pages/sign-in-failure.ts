// What went wrong on the way to a provider and back ends on a page, and in the log as far as an operator can mend it.

import { type FailureKind, SignInFailed } from '../identity/providers/failure.ts';
import { type Problem, type ProblemCode, ProblemError, problems } from '../../shared/problem.ts';
import { log } from '../log.ts';
import { htmlResponse } from './html.ts';
import { type GoOn, signInFailedPage, signInRefusedPage } from './sign-in-failed-page.ts';

/** What a person can do nothing about. */
const LOGGED: ReadonlySet<FailureKind> = new Set(['provider_down', 'untrusted', 'misconfigured']);

/** What is told here and not by the router: it has no way to go on from there. */
const REFUSED: ReadonlySet<ProblemCode> = new Set(['invalid_argument', 'unavailable']);

/** Where to go on from a failure. */
interface Way {
  readonly isLink: boolean;
  readonly returnPath: string | undefined;
}

/** What `run` answers; where it fails as a sign-in can, the page that tells of that. */
export async function tellFailure(
  provider: { readonly id: string; readonly name: string },
  way: Way,
  run: () => Promise<Response>,
): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ProblemError && REFUSED.has(error.problem.code))
      return refusedResponse(error.problem, goOnOf(way));
    if (!(error instanceof SignInFailed)) throw error;
    const { kind } = error;
    if (LOGGED.has(kind)) log('warn', 'sign_in_failed', { check: provider.id, code: kind }, error.cause);
    const { page, status } = signInFailedPage(kind, provider.name, goOnOf(way));
    return htmlResponse(page, { status, headers: { 'cache-control': 'no-store' } });
  }
}

function goOnOf({ isLink, returnPath }: Way): GoOn {
  if (isLink) return { href: '/account', label: 'Back to your account' };
  const query = returnPath === undefined ? '' : `?return=${encodeURIComponent(returnPath)}`;
  return { href: `/sign-in${query}`, label: 'To the sign-in' };
}

function refusedResponse({ code, detail, retryAfterSeconds }: Problem, goOn: GoOn): Response {
  const headers = new Headers({ 'cache-control': 'no-store' });
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds));
  return htmlResponse(signInRefusedPage(detail, goOn), { status: problems[code].status, headers });
}
