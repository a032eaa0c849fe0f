// Secrets and settings that an instance may do without. `wrangler types` knows only those that it must have.

interface OptionalSecrets {
  /** Shown by whoever reads /metrics. */
  METRICS_TOKEN?: string;
  /** Shown by the instance's operator. */
  OPERATOR_TOKEN?: string;

  /** What a provider knows this instance by. One without both isn't offered. */
  GOOGLE_CLIENT_ID?: string;
  GOOGLE_CLIENT_SECRET?: string;
  GITHUB_CLIENT_ID?: string;
  GITHUB_CLIENT_SECRET?: string;
  FACEBOOK_CLIENT_ID?: string;
  FACEBOOK_CLIENT_SECRET?: string;
  OIDC_CLIENT_ID?: string;
  OIDC_CLIENT_SECRET?: string;
  /** Any OpenID provider: its issuer, and what people know it by. */
  OIDC_ISSUER?: string;
  OIDC_NAME?: string;
  /** Where a provider is found, if not where it usually is: GitHub Enterprise, or a test's own. */
  GOOGLE_ISSUER?: string;
  GITHUB_URL?: string;
  GITHUB_API_URL?: string;
  FACEBOOK_URL?: string;
  FACEBOOK_GRAPH_URL?: string;
}

interface Env extends OptionalSecrets {}

declare namespace Cloudflare {
  interface Env extends OptionalSecrets {}
}
