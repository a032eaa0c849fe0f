// An OpenID provider in the place of the network: it says what a test has it say, true or false.

import { vi } from 'vitest';

export const ISSUER = 'https://issuer.example';
export const CLIENT = { id: 'client', secret: 'secret' } as const;

const DAY_SECONDS = 24 * 60 * 60;

let days = 0;

/** When a test begins: what is known of a provider is remembered for an hour, so each, in any file, has a day of its own. */
export function ownDaySeconds(): number {
  days += 1;
  return days * DAY_SECONDS;
}

interface Key {
  readonly kid: string;
  readonly pair: CryptoKeyPair;
}

/** What a token says otherwise than it should. */
export interface Lie {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Signed by a key that isn't the provider's. */
  readonly isForged?: boolean;
  readonly isUnsigned?: boolean;
}

export interface TokenRequest {
  readonly fields: URLSearchParams;
  readonly authorization: string | null;
}

export class Issuer {
  readonly subject: string;
  /** What the next tokens say otherwise. */
  lie: Lie = {};
  /** Answers in the place of the provider's own. */
  answers: Partial<Record<'discovery' | 'jwks' | 'token', () => Response | Promise<Response>>> = {};
  metadata: Record<string, unknown> = {};
  /** Parameters with which somebody comes back besides code and state. */
  extra: Record<string, string> = {};
  readonly tokenRequests: TokenRequest[] = [];
  keyFetches = 0;
  #key: Key;
  #nonces = new Map<string, { nonce: string; challenge: string }>();

  private constructor(subject: string, key: Key) {
    this.subject = subject;
    this.#key = key;
  }

  static async create(subject: string): Promise<Issuer> {
    firstPair ??= createPair();
    const issuer = new Issuer(subject, keyOf(await firstPair));
    vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) =>
      issuer.#answer(new Request(input, init)),
    );
    return issuer;
  }

  /** From now on another key signs, and the old one is gone. */
  async rotate(): Promise<void> {
    this.#key = keyOf(await createPair());
  }

  /** Somebody says yes: the parameters with which they come back. */
  approve(address: URL): URLSearchParams {
    const code = crypto.randomUUID();
    this.#nonces.set(code, {
      nonce: address.searchParams.get('nonce') ?? '',
      challenge: address.searchParams.get('code_challenge') ?? '',
    });
    return new URLSearchParams({ code, state: address.searchParams.get('state') ?? '', ...this.extra });
  }

  async #answer(request: Request): Promise<Response> {
    const { origin, pathname } = new URL(request.url);
    if (origin !== ISSUER) throw new TypeError('fetch failed');
    switch (pathname) {
      case '/.well-known/openid-configuration':
        return this.answers.discovery?.() ?? Response.json(this.#metadata());
      case '/jwks':
        this.keyFetches += 1;
        return this.answers.jwks?.() ?? Response.json({ keys: [await this.#publicKey()] });
      case '/token':
        return this.#token(request);
      default:
        return new Response(null, { status: 404 });
    }
  }

  #metadata() {
    return {
      issuer: ISSUER,
      authorization_endpoint: `${ISSUER}/authorize`,
      token_endpoint: `${ISSUER}/token`,
      jwks_uri: `${ISSUER}/jwks`,
      id_token_signing_alg_values_supported: ['RS256'],
      ...this.metadata,
    };
  }

  async #token(request: Request): Promise<Response> {
    // As text() the runtime warns of what is no text by its type.
    const fields = new URLSearchParams(new TextDecoder().decode(await request.bytes()));
    this.tokenRequests.push({ fields, authorization: request.headers.get('authorization') });
    if (this.answers.token) return this.answers.token();
    const code = fields.get('code') ?? '';
    const known = this.#nonces.get(code);
    this.#nonces.delete(code);
    const verifier = new TextEncoder().encode(fields.get('code_verifier') ?? '');
    const challenge = base64url(await crypto.subtle.digest('SHA-256', verifier));
    if (known?.challenge !== challenge) return Response.json({ error: 'invalid_grant' }, { status: 400 });
    return Response.json({
      access_token: 'access',
      token_type: 'Bearer',
      id_token: await this.#idToken(known.nonce),
    });
  }

  async #idToken(nonce: string): Promise<string> {
    const nowSeconds = Math.floor(Date.now() / 1000);
    const header = { alg: 'RS256', kid: this.#key.kid, ...this.lie.header };
    const claims = {
      iss: ISSUER,
      aud: CLIENT.id,
      sub: this.subject,
      nonce,
      iat: nowSeconds,
      exp: nowSeconds + 300,
      ...this.lie.claims,
    };
    const signed = `${encode(header)}.${encode(claims)}`;
    if (this.lie.isUnsigned) return `${signed}.`;
    const { privateKey } = this.lie.isForged ? await createPair() : this.#key.pair;
    const bytes = new TextEncoder().encode(signed);
    return `${signed}.${base64url(await crypto.subtle.sign('RSASSA-PKCS1-v1_5', privateKey, bytes))}`;
  }

  async #publicKey() {
    const jwk = await crypto.subtle.exportKey('jwk', this.#key.pair.publicKey);
    return Object.assign(jwk, { kid: this.#key.kid, use: 'sig', alg: 'RS256' });
  }
}

/** To make one takes longer than most tests do. */
let firstPair: Promise<CryptoKeyPair> | undefined;

async function createPair(): Promise<CryptoKeyPair> {
  const pair = await crypto.subtle.generateKey(
    {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
    },
    true,
    ['sign', 'verify'],
  );
  if (!('privateKey' in pair)) throw new Error('no pair of keys');
  return pair;
}

function keyOf(pair: CryptoKeyPair): Key {
  return { kid: crypto.randomUUID(), pair };
}

function encode(value: unknown): string {
  return base64url(new TextEncoder().encode(JSON.stringify(value)));
}

function base64url(bytes: ArrayBuffer | Uint8Array): string {
  return Buffer.from(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)).toString('base64url');
}
