// What the live socket says besides its events.

/**
 * Closes the socket of whoever is signed out: what opened it was revoked, or its time is over. Of the codes that are
 * an application's own (RFC 6455, 7.4.2), HTTP's 401.
 */
export const SIGNED_OUT = 4401;
