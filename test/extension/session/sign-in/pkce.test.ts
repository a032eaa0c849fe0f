// The challenge is the one of RFC 7636, and the edge knows it by its verifier.

import { describe, expect, it } from 'vitest';
import { challengeOf, createSecret } from '../../../../extension/session/sign-in/pkce.ts';
import { isCodeChallenge, isVerifierOf } from '../../../../worker/identity/connect/code-challenge.ts';

describe('a challenge', () => {
  it('is the one of the RFC’s example', async () => {
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    expect(await challengeOf(verifier)).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  });

  it('is taken by the edge, with its verifier alone', async () => {
    const verifier = createSecret();
    const challenge = await challengeOf(verifier);
    expect(isCodeChallenge(challenge)).toBe(true);
    expect(isVerifierOf(challenge, verifier)).toBe(true);
    expect(isVerifierOf(challenge, createSecret())).toBe(false);
  });
});

describe('a secret', () => {
  it('is another one each time, and stands in an address as it is', () => {
    const secrets = Array.from({ length: 100 }, createSecret);
    expect(new Set(secrets).size).toBe(secrets.length);
    for (const secret of secrets) expect(secret).toMatch(/^[0-9A-Za-z_-]{43}$/);
  });
});
