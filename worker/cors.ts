// What pages of other origins may ask for (the Fetch standard's CORS): the contract, which is what an editor in a
// browser speaks. By a key alone: a cookie never comes along, because no credentials are allowed, so a page reads
// nothing that its key couldn't. Pure.

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
/** What a client of the contract sends, and what it reads of an answer. */
const REQUEST_HEADERS =
  'authorization, content-type, connect-protocol-version, connect-timeout-ms, idempotency-key, x-user-agent';
const RESPONSE_HEADERS =
  'allow, connect-content-encoding, content-encoding, location, pybin-request-id, ratelimit, ratelimit-policy, retry-after';
/** For how long a browser needn't ask again: the longest that Chromium takes. */
const PREFLIGHT_SECONDS = 7200;

/** The answer to a browser that asks before a page's request; undefined where that isn't what is asked. */
export function getPreflight(request: Request): Response | undefined {
  if (request.method !== 'OPTIONS' || !request.headers.has('access-control-request-method')) return undefined;
  if (!isContract(request)) return undefined;
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': METHODS,
      'access-control-allow-headers': REQUEST_HEADERS,
      'access-control-max-age': String(PREFLIGHT_SECONDS),
    },
  });
}

/** Lets pages of other origins read an answer of the contract. */
export function openToPages(request: Request, response: Response): Response {
  if (!isContract(request) || response.webSocket) return response;
  response.headers.set('access-control-allow-origin', '*');
  response.headers.set('access-control-expose-headers', RESPONSE_HEADERS);
  return response;
}

function isContract({ url }: Request): boolean {
  const { pathname } = new URL(url);
  return pathname.startsWith('/v1/') || pathname.startsWith('/pybin.v1.');
}
