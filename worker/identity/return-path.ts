// Where somebody goes on after signing in: only to pages of this instance that are on a list, so that no link to the
// sign-in leads elsewhere. Pure.

/** First segments of the pages that need a session; a snippet's may show more to who has one. */
const PAGES: ReadonlySet<string> = new Set(['account', 'connect', 'device', 'history', 'new', 's']);
const NOWHERE = 'https://pybin.invalid';

/** The path and query of a page to go on to, written out; undefined where it isn't one of ours. */
export function getReturnPath(text: string | null): string | undefined {
  // What a browser would read as another host, or drop, is no path of ours.
  if (text === null || !/^\/[!-[\]-~]*$/.test(text) || text.startsWith('//')) return undefined;
  const { origin, pathname, search } = new URL(text, NOWHERE);
  const [, first = ''] = pathname.split('/');
  return origin === NOWHERE && (PAGES.has(first) || /^(?:~|%7e)/i.test(first))
    ? pathname + search
    : undefined;
}

/** Where to sign in, and to go on from there to the page that was asked for. */
export function signInPath(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return signInPathTo(pathname + search);
}

/** Where to sign in, also as somebody else, and to go on from there to a page, where it is one of ours. */
export function signInPathTo(path: string): string {
  const returnPath = getReturnPath(path);
  return returnPath === undefined ? '/sign-in' : `/sign-in?return=${encodeURIComponent(returnPath)}`;
}
