// The cookies of this instance, as browsers send them and are told them.

/** The value of a cookie, or undefined where it isn't sent. */
export function getCookie(request: Request, name: string): string | undefined {
  const start = `${name}=`;
  return request.headers
    .get('cookie')
    ?.split(/; */)
    .find((cookie) => cookie.startsWith(start))
    ?.slice(start.length);
}

/**
 * A `Set-Cookie` for this host alone, over a line that can't be overheard, out of reach of scripts, and not sent along
 * by other sites but for a link to here.
 * @param name begins with `__Host-`: else a neighbour could set it (RFC 6265bis, 4.1.3.2)
 * @param seconds how long the browser keeps it; undefined: until it is closed
 */
export function writeCookie(name: `__Host-${string}`, value: string, seconds?: number): string {
  const maxAge = seconds === undefined ? '' : ` Max-Age=${seconds};`;
  return `${name}=${value}; Path=/;${maxAge} Secure; HttpOnly; SameSite=Lax`;
}
