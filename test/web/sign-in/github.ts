// GitHub on loopback, as its documentation says (docs.github.com, "Authorizing OAuth apps", "Troubleshooting OAuth app
// access token request errors", "Get the authenticated user"): errors come with the status 200.

import { createHash } from 'node:crypto';
import { backTo, type Loopback, listen, readAsked, sendChoice, sendJson } from './loopback.ts';

export const GITHUB_CLIENT = { id: 'Iv1.0123456789abcdef', secret: 'a-secret-of-github' } as const;

export interface GitHub {
  readonly url: string;
  /** Who is signed in there. Their e-mail address isn't public, so nobody is told it. */
  userId: number;
  /** Codes are good for ten minutes; now for none. */
  areCodesExpired: boolean;
  /** What was asked of its API, with which token. */
  readonly calls: string[];
  readonly scopes: (string | null)[];
  close(): Promise<void>;
}

export async function startGitHub(): Promise<GitHub> {
  const loopback: Loopback = await listen();
  const codes = new Map<string, { readonly challenge: string; readonly redirectUri: string }>();
  const tokens = new Set<string>();
  const gitHub: GitHub = {
    url: loopback.url,
    userId: 1,
    areCodesExpired: false,
    calls: [],
    scopes: [],
    close: () => loopback.close(),
  };
  loopback.answerWith(async (request, response) => {
    const { form, method, path, query } = await readAsked(request);
    switch (`${method} ${path}`) {
      case 'GET /login/oauth/authorize': {
        gitHub.scopes.push(query.get('scope'));
        const code = crypto.randomUUID().replaceAll('-', '').slice(0, 20);
        const redirectUri = query.get('redirect_uri') ?? '';
        codes.set(code, { challenge: query.get('code_challenge') ?? '', redirectUri });
        const state = query.get('state') ?? '';
        return sendChoice(response, {
          Authorize: backTo(redirectUri, { code, state }),
          Cancel: backTo(redirectUri, {
            error: 'access_denied',
            error_description: 'The user has denied your application access.',
            error_uri: 'https://docs.github.com/apps/troubleshooting-authorization-request-errors/',
            state,
          }),
        });
      }
      case 'POST /login/oauth/access_token': {
        // Without this it answers as a form.
        if (request.headers.accept !== 'application/json') return void response.writeHead(406).end();
        if (form.get('client_id') !== GITHUB_CLIENT.id || form.get('client_secret') !== GITHUB_CLIENT.secret)
          return sendJson(response, 200, {
            error: 'incorrect_client_credentials',
            error_description: 'The client_id and/or client_secret passed are incorrect.',
          });
        const code = form.get('code') ?? '';
        const known = gitHub.areCodesExpired ? undefined : codes.get(code);
        codes.delete(code);
        const verifier = form.get('code_verifier') ?? '';
        const isProved = known?.challenge === createHash('sha256').update(verifier).digest('base64url');
        if (!isProved || known.redirectUri !== form.get('redirect_uri'))
          return sendJson(response, 200, {
            error: 'bad_verification_code',
            error_description: 'The code passed is incorrect or expired.',
          });
        const token = `gho_${crypto.randomUUID().replaceAll('-', '')}`;
        tokens.add(token);
        return sendJson(response, 200, { access_token: token, scope: '', token_type: 'bearer' });
      }
      case 'GET /user': {
        const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
        gitHub.calls.push(`${path} as ${request.headers['user-agent']}`);
        if (!request.headers['user-agent']) return void response.writeHead(403).end();
        if (!tokens.has(token)) return sendJson(response, 401, { message: 'Bad credentials' });
        return sendJson(response, 200, { login: 'octocat', id: gitHub.userId, email: null, name: null });
      }
      default:
        return void response.writeHead(404).end();
    }
  });
  return gitHub;
}
