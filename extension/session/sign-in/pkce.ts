// PKCE (RFC 7636) with S256: who asked for a code is the one who can take it. By WebCrypto, which editors and browsers have.

/** 256 bits, as the RFC recommends (7.1). */
const SECRET_BYTES = 32;

/** A secret that nobody guesses, of characters that stand in any address as they are. */
export function createSecret(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
}

/** What goes ahead of a verifier and doesn't give it away. */
export async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return toBase64Url(new Uint8Array(digest));
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
