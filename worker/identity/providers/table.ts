// Who may say who somebody is: each provider a row of data. One without credentials isn't offered.

/** In the order in which they are offered. */
export const providerIds = ['google', 'github', 'facebook', 'oidc'] as const;

export type ProviderId = (typeof providerIds)[number];

interface Common {
  readonly id: ProviderId;
  /** What people know it by. */
  readonly name: string;
  /** Whose word it is: part of an identity's name, so it must never change for the same persons. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** No more than it takes to know who it is: no e-mail address. */
  readonly scope: string;
}

/** OpenID Connect: where its endpoints are, it says itself (OpenID Connect Discovery 1.0). */
export interface OidcProvider extends Common {
  readonly protocol: 'oidc';
}

/** OAuth 2.0 alone: who it is, an endpoint of the provider's own tells. */
export interface OAuthProvider extends Common {
  readonly protocol: 'oauth2';
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  /** Its answer's `id` is the subject. */
  readonly userEndpoint: string;
  /** Whether calls prove that they come from us, by an HMAC of the token under the secret (Facebook: appsecret_proof). */
  readonly provesSecret: boolean;
}

export type Provider = OidcProvider | OAuthProvider;

type Row<Of extends Provider> = Omit<Of, 'id' | 'clientId' | 'clientSecret'>;

/** Facebook's API of then is answered for two years at least. */
const FACEBOOK_VERSION = 'v24.0';

const rows: Record<ProviderId, (env: Env) => Row<OidcProvider> | Row<OAuthProvider> | undefined> = {
  google: (env) => ({
    name: 'Google',
    protocol: 'oidc',
    issuer: env.GOOGLE_ISSUER || 'https://accounts.google.com',
    scope: 'openid',
  }),
  github: (env) => {
    const url = withoutSlash(env.GITHUB_URL || 'https://github.com');
    return {
      name: 'GitHub',
      protocol: 'oauth2',
      issuer: `${url}/login/oauth`,
      authorizationEndpoint: `${url}/login/oauth/authorize`,
      tokenEndpoint: `${url}/login/oauth/access_token`,
      userEndpoint: `${withoutSlash(env.GITHUB_API_URL || 'https://api.github.com')}/user`,
      provesSecret: false,
      // None: what is public of a person is enough.
      scope: '',
    };
  },
  facebook: (env) => {
    const url = withoutSlash(env.FACEBOOK_URL || 'https://www.facebook.com');
    const graph = `${withoutSlash(env.FACEBOOK_GRAPH_URL || 'https://graph.facebook.com')}/${FACEBOOK_VERSION}`;
    return {
      name: 'Facebook',
      protocol: 'oauth2',
      issuer: url,
      authorizationEndpoint: `${url}/${FACEBOOK_VERSION}/dialog/oauth`,
      tokenEndpoint: `${graph}/oauth/access_token`,
      userEndpoint: `${graph}/me?fields=id`,
      provesSecret: true,
      scope: 'public_profile',
    };
  },
  oidc: (env) =>
    env.OIDC_ISSUER
      ? {
          name: env.OIDC_NAME || 'single sign-on',
          protocol: 'oidc',
          issuer: env.OIDC_ISSUER,
          scope: 'openid',
        }
      : undefined,
};

/** The provider, where this instance has credentials for it. */
export function getProvider(env: Env, id: ProviderId): Provider | undefined {
  const row = rows[id](env);
  const { clientId, clientSecret } = credentialsOf(env, id);
  return row && clientId && clientSecret ? { ...row, id, clientId, clientSecret } : undefined;
}

/** All that this instance has credentials for. */
export function offeredProviders(env: Env): Provider[] {
  return providerIds.map((id) => getProvider(env, id)).filter((provider) => provider !== undefined);
}

/** What people know a provider by, also one that is offered no more. */
export function providerName(env: Env, id: string): string {
  return (isProviderId(id) && rows[id](env)?.name) || id;
}

export function isProviderId(text: string): text is ProviderId {
  return providerIds.some((id) => id === text);
}

function credentialsOf(env: Env, id: ProviderId) {
  switch (id) {
    case 'google':
      return { clientId: env.GOOGLE_CLIENT_ID, clientSecret: env.GOOGLE_CLIENT_SECRET };
    case 'github':
      return { clientId: env.GITHUB_CLIENT_ID, clientSecret: env.GITHUB_CLIENT_SECRET };
    case 'facebook':
      return { clientId: env.FACEBOOK_CLIENT_ID, clientSecret: env.FACEBOOK_CLIENT_SECRET };
    case 'oidc':
      return { clientId: env.OIDC_CLIENT_ID, clientSecret: env.OIDC_CLIENT_SECRET };
    default:
      return id satisfies never;
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
