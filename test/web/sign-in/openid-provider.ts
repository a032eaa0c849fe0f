// A real OpenID provider on this machine, called Example, and what a person does there.

import { generateKeyPairSync } from 'node:crypto';
import { Provider } from 'oidc-provider';
import type { Page } from 'playwright-core';
import type { Loopback } from './loopback.ts';

const CLIENT = { id: 'pybin', secret: 'a-secret-of-thirty-two-characters' } as const;

/** What an edge is to know of the provider. */
export function providerVars({ url }: Loopback): Readonly<Record<string, string>> {
  return {
    OIDC_ISSUER: url,
    OIDC_NAME: 'Example',
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
  };
}

/** @param edgeUrl where the edge is that people come from, and go back to */
export function answerAsProvider(loopback: Loopback, edgeUrl: string): void {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(loopback.url, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${edgeUrl}/sign-in/oidc/callback`],
      },
    ],
    cookies: { keys: ['for a test'] },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'one' }] },
    ttl: { Session: 600, Grant: 600, Interaction: 600, AccessToken: 600, IdToken: 600 },
  });
  loopback.answerWith(provider.callback());
}

/** At the provider: who one is, and that pybin may know. */
export async function sayYes(page: Page, login: string): Promise<void> {
  await enterLogin(page, login);
  await page.getByRole('button', { name: 'Continue' }).click();
}

export async function enterLogin(page: Page, login: string): Promise<void> {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).waitFor();
}
