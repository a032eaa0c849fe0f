// What is used of oidc-provider, which brings no types of its own.

declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  interface Client {
    readonly client_id: string;
    readonly client_secret: string;
    readonly redirect_uris: readonly string[];
  }

  export class Provider {
    constructor(
      issuer: string,
      configuration: {
        readonly clients: readonly Client[];
        readonly cookies: { readonly keys: readonly string[] };
        readonly jwks: { readonly keys: readonly object[] };
        readonly ttl: Readonly<Record<string, number>>;
      },
    );

    callback(): (request: IncomingMessage, response: ServerResponse) => void;
  }
}
