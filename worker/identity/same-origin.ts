// What a browser sends by itself, a cookie, proves who asks only together with where it was asked: a page of another
// origin can make the browser send it, too.

import { ProblemError } from '../../shared/problem.ts';

/**
 * Browsers say where a request comes from, and no script can change what they say (Fetch, 2.2.2): either header will do.
 * @throws {ProblemError} `forbidden` where it comes from elsewhere, or nobody says from where
 */
export function requireSameOrigin(request: Request): void {
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  const isSame = site === null ? origin === new URL(request.url).origin : site === 'same-origin';
  if (!isSame)
    throw new ProblemError({
      code: 'forbidden',
      detail: 'This was asked for by another page than one of this instance. Open it here and try again.',
    });
}

/** Whether a request changes nothing, whoever had the browser send it. An upgrade opens a line that a script reads. */
export function isPlainRead(request: Request): boolean {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return isRead && !request.headers.has('upgrade');
}
