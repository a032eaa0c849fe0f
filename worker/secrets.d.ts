// Secrets that an instance may do without. `wrangler types` knows only those that it must have.

interface OptionalSecrets {
  /** Shown by whoever reads /metrics. */
  METRICS_TOKEN?: string;
  /** Shown by the instance's operator. */
  OPERATOR_TOKEN?: string;
}

interface Env extends OptionalSecrets {}

declare namespace Cloudflare {
  interface Env extends OptionalSecrets {}
}
