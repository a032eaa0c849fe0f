// OpenID Connect: who came back is believed where the provider has proved it, and nowhere else.

import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../../../../shared/limits.ts';
import {
  addressToAsk,
  type Asked,
  createNonce,
  createVerifier,
  subjectOf,
} from '../../../../worker/identity/providers/ask.ts';
import { getProvider, type Provider } from '../../../../worker/identity/providers/table.ts';
import { atSeconds, useOwnClock } from '../../stack-inside.ts';
import { CLIENT, ISSUER, Issuer, ownDaySeconds } from './issuer.ts';

useOwnClock();

const SUBJECT = 'ada|at the issuer';

let issuer: Issuer;
let provider: Provider;
let asked: Asked;
let startSeconds = 0;

beforeEach(async () => {
  startSeconds = ownDaySeconds();
  atSeconds(startSeconds);
  issuer = await Issuer.create(SUBJECT);
  const found = getProvider(
    { ...env, OIDC_ISSUER: ISSUER, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret },
    'oidc',
  );
  if (!found) throw new Error('no provider');
  provider = found;
  asked = {
    redirectUri: 'https://pybin.example/sign-in/oidc/callback',
    state: crypto.randomUUID(),
    nonce: createNonce(),
    codeVerifier: createVerifier(),
  };
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the way to a provider', () => {
  it('says what is asked, and binds the answer to it', async () => {
    const { origin, pathname, searchParams } = await addressToAsk(provider, asked, Date.now());
    expect(origin + pathname).toBe(`${ISSUER}/authorize`);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: CLIENT.id,
      redirect_uri: asked.redirectUri,
      response_type: 'code',
      scope: 'openid',
      state: asked.state,
      nonce: asked.nonce,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
  });
});

describe('the way back', () => {
  it('tells who came', async () => {
    expect(await comeBack()).toBe(SUBJECT);
  });

  it('proves to the provider that it is this instance, and which attempt it is', async () => {
    await comeBack();
    const [request] = issuer.tokenRequests;
    expect(request?.authorization).toBe(`Basic ${btoa(`${CLIENT.id}:${CLIENT.secret}`)}`);
    expect(Object.fromEntries(request?.fields ?? [])).toEqual({
      grant_type: 'authorization_code',
      code: expect.any(String),
      code_verifier: asked.codeVerifier,
      redirect_uri: asked.redirectUri,
    });
  });

  it('shows the secret in the body to a provider that takes it so', async () => {
    issuer.metadata = { token_endpoint_auth_methods_supported: ['client_secret_post'] };
    await comeBack();
    expect(issuer.tokenRequests[0]?.fields.get('client_secret')).toBe(CLIENT.secret);
  });

  const skew = limits.signIn.clockSkewSeconds;

  it.each([
    ['a clock behind ours by less than is let pass', () => ({ exp: nowSeconds() - skew + 5 })],
    ['a clock ahead of ours by less than is let pass', () => ({ nbf: nowSeconds() + skew - 5 })],
    ['several audiences, of which it names us as the one', () => ({ aud: [CLIENT.id, 'b'], azp: CLIENT.id })],
  ])('believes a provider with %s', async (_what, claims) => {
    issuer.lie = { claims: claims() };
    expect(await comeBack()).toBe(SUBJECT);
  });

  it.each([
    ['is over', () => ({ exp: nowSeconds() - skew - 5 })],
    ['isn’t good yet', () => ({ nbf: nowSeconds() + skew + 5 })],
    ['has no end', () => ({ exp: undefined })],
    ['is for another', () => ({ aud: 'another' })],
    ['is for several, and not used by us', () => ({ aud: [CLIENT.id, 'another'], azp: 'another' })],
    ['is from another issuer', () => ({ iss: 'https://evil.example' })],
    ['is from an issuer that only looks like it', () => ({ iss: `${ISSUER}/` })],
    ['has another nonce', () => ({ nonce: 'another' })],
    ['has no nonce', () => ({ nonce: undefined })],
    ['names nobody', () => ({ sub: undefined })],
    ['names nobody with an empty name', () => ({ sub: '' })],
  ])('doesn’t believe a token that %s', async (_what, claims) => {
    issuer.lie = { claims: claims() };
    await expect(comeBack()).rejects.toMatchObject({ kind: 'untrusted' });
  });

  it.each([
    ['without a signature, by its own word (alg none)', { header: { alg: 'none' }, isUnsigned: true }],
    ['without a signature', { isUnsigned: true }],
    ['signed by somebody else', { isForged: true }],
    ['signed with our own secret (alg HS256)', { header: { alg: 'HS256' } }],
    ['signed in another way than the provider does', { header: { alg: 'ES256' } }],
    ['with conditions that we don’t know', { header: { crit: ['x'], x: 1 } }],
    ['signed by a key that the provider doesn’t have', { header: { kid: 'unknown' } }],
  ])('doesn’t believe a token %s', async (_what, lie) => {
    issuer.lie = lie;
    await expect(comeBack()).rejects.toMatchObject({ kind: 'untrusted' });
  });

  it('doesn’t believe a token without a signature from a provider that says it gives such', async () => {
    issuer.metadata = { id_token_signing_alg_values_supported: ['none', 'RS256'] };
    issuer.lie = { header: { alg: 'none' }, isUnsigned: true };
    await expect(comeBack()).rejects.toMatchObject({ kind: 'untrusted' });
  });

  it('doesn’t believe a provider that gives no token of who it is', async () => {
    issuer.answers.token = () => Response.json({ access_token: 'access', token_type: 'Bearer' });
    await expect(comeBack()).rejects.toMatchObject({ kind: 'untrusted' });
  });

  it.each([
    ['from another provider than was asked (mix-up)', { iss: 'https://evil.example' }],
    ['for another attempt', { state: 'another' }],
    ['with a token in the address', { id_token: 'x.y.z' }],
  ])('doesn’t believe an answer %s, and shows nobody its code', async (_what, extra) => {
    issuer.extra = extra;
    await expect(comeBack()).rejects.toMatchObject({ kind: 'untrusted' });
    expect(issuer.tokenRequests).toEqual([]);
  });

  it('misses the issuer in the answer of a provider that always says it', async () => {
    issuer.metadata = { authorization_response_iss_parameter_supported: true };
    await expect(comeBack()).rejects.toMatchObject({ kind: 'untrusted' });
    issuer.extra = { iss: ISSUER };
    expect(await comeBack()).toBe(SUBJECT);
  });

  it.each([
    ['declined', 'access_denied', 'denied'],
    ['has to sign in there first', 'login_required', 'denied'],
    ['found the provider broken', 'server_error', 'provider_down'],
    ['found the provider busy', 'temporarily_unavailable', 'provider_down'],
    ['came for an instance that isn’t known there', 'unauthorized_client', 'misconfigured'],
    ['found an error of no standard', 'strange', 'misconfigured'],
  ])('tells where somebody %s', async (_what, error, kind) => {
    const answer = new URLSearchParams({ error, state: asked.state });
    await expect(subjectOf(provider, answer, asked, Date.now())).rejects.toMatchObject({ kind });
    expect(issuer.tokenRequests).toEqual([]);
  });

  it('can’t be gone twice with one code', async () => {
    const answer = await approved();
    await subjectOf(provider, answer, asked, Date.now());
    await expect(subjectOf(provider, answer, asked, Date.now())).rejects.toMatchObject({
      kind: 'code_refused',
    });
  });

  it('can’t be gone by who hasn’t begun: the verifier is missing', async () => {
    const answer = await approved();
    const other = { ...asked, codeVerifier: createVerifier() };
    await expect(subjectOf(provider, answer, other, Date.now())).rejects.toMatchObject({
      kind: 'code_refused',
    });
  });
});

describe('a provider', () => {
  it('that changes its keys is believed by the new ones, a minute later at most', async () => {
    expect(await comeBack()).toBe(SUBJECT);
    await issuer.rotate();
    atSeconds(startSeconds + 61);
    expect(await comeBack()).toBe(SUBJECT);
    expect(issuer.keyFetches).toBe(2);
  });

  it('isn’t asked for its keys again each time', async () => {
    for (let count = 0; count < 3; count++) expect(await comeBack()).toBe(SUBJECT);
    expect(issuer.keyFetches).toBe(1);
  });

  const broken: [string, 'discovery' | 'jwks' | 'token', () => Response, string][] = [
    ['that is down', 'discovery', () => new Response(null, { status: 503 }), 'provider_down'],
    ['that leads elsewhere', 'discovery', () => Response.redirect('https://evil.example'), 'provider_down'],
    ['that is another', 'discovery', () => Response.json({ issuer: 'https://evil.example' }), 'untrusted'],
    ['that says nothing', 'discovery', () => new Response('<h1>Hi</h1>'), 'untrusted'],
    ['that names no endpoint', 'discovery', () => Response.json({ issuer: ISSUER }), 'misconfigured'],
    ['that is down at last', 'token', () => new Response('oops', { status: 502 }), 'provider_down'],
    ['that is busy', 'token', () => new Response(null, { status: 429 }), 'provider_down'],
    [
      'that doesn’t know us',
      'token',
      () => Response.json({ error: 'invalid_client' }, { status: 401 }),
      'misconfigured',
    ],
    [
      'that asks for another proof of us',
      'token',
      () => new Response(null, { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } }),
      'misconfigured',
    ],
    ['that answers with half a word', 'token', () => new Response('{', jsonHeaders), 'untrusted'],
    ['whose keys are gone', 'jwks', () => new Response(null, { status: 500 }), 'provider_down'],
    ['that has no keys', 'jwks', () => Response.json({ keys: [] }), 'untrusted'],
  ];

  it.each(broken)('%s is told of as what it is (%s)', async (_what, part, answer, kind) => {
    issuer.answers[part] = answer;
    await expect(comeBack()).rejects.toMatchObject({ name: 'SignInFailed', kind });
  });

  it('that doesn’t answer at all is down', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('fetch failed');
    });
    await expect(comeBack()).rejects.toMatchObject({ kind: 'provider_down' });
  });

  it.each([
    ['http://issuer.example', 'misconfigured'],
    ['not an address', 'misconfigured'],
    ['ftp://localhost', 'misconfigured'],
    ['http://localhost.evil.example', 'misconfigured'],
  ])('isn’t asked at %s, where anybody may listen', async (address, kind) => {
    const asks = vi.fn<typeof fetch>();
    vi.stubGlobal('fetch', asks);
    provider = { ...provider, issuer: address };
    await expect(comeBack()).rejects.toMatchObject({ kind });
    expect(asks).not.toHaveBeenCalled();
  });

  it('doesn’t lead to an endpoint where anybody may listen', async () => {
    issuer.metadata = { authorization_endpoint: 'http://issuer.example/authorize' };
    await expect(comeBack()).rejects.toMatchObject({ kind: 'misconfigured' });
  });
});

const nowSeconds = () => Math.floor(Date.now() / 1000);
const jsonHeaders = { headers: { 'content-type': 'application/json' } };

/** Somebody goes there, says yes, and comes back. */
async function comeBack(): Promise<string> {
  return subjectOf(provider, await approved(), asked, Date.now());
}

async function approved(): Promise<URLSearchParams> {
  return issuer.approve(await addressToAsk(provider, asked, Date.now()));
}
