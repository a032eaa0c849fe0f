// PKCE: the verifier that a challenge was made of, and no other.

import { describe, expect, it } from 'vitest';
import { isCodeChallenge, isVerifierOf } from '../../../../worker/identity/connect/code-challenge.ts';

// RFC 7636, appendix B.
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

describe('a verifier', () => {
  it('is known by its challenge', () => {
    expect(isVerifierOf(challenge, verifier)).toBe(true);
  });

  it.each([
    ['another one', verifier.replace('d', 'e')],
    ['the challenge itself', challenge],
    ['nothing', ''],
    ['one that is too short', verifier.slice(1)],
    ['one that is too long', 'a'.repeat(129)],
    ['one with a letter that may not be', `${verifier.slice(1)}+`],
    ['one with something behind it', `${verifier}\n`],
  ])('is not %s', (_what, other) => {
    expect(isVerifierOf(challenge, other)).toBe(false);
  });
});

describe('a challenge', () => {
  it.each([
    [challenge, true],
    ['', false],
    [challenge.slice(1), false],
    [`${challenge}=`, false],
    [challenge.replace('-', '+'), false],
  ])('%s: %s', (text, expected) => {
    expect(isCodeChallenge(text)).toBe(expected);
  });
});
