// Facebook on loopback, as its documentation says (developers.facebook.com, "Manually build a login flow", "Handling
// errors", "Secure Graph API calls"): errors are objects, and who says no is sent back with three words for it.

import { createHmac } from 'node:crypto';
import { backTo, type Loopback, listen, readAsked, sendChoice, sendJson } from './loopback.ts';

export const FACEBOOK_CLIENT = { id: '1234567890', secret: '0123456789abcdef0123456789abcdef' } as const;

export interface Facebook {
  readonly url: string;
  /** Who is signed in there: an id for this app alone. They may have no e-mail address at all. */
  userId: string;
  areCodesExpired: boolean;
  readonly scopes: (string | null)[];
  close(): Promise<void>;
}

export async function startFacebook(): Promise<Facebook> {
  const loopback: Loopback = await listen();
  const codes = new Map<string, string>();
  const tokens = new Set<string>();
  const facebook: Facebook = {
    url: loopback.url,
    userId: '10150000000000001',
    areCodesExpired: false,
    scopes: [],
    close: () => loopback.close(),
  };
  loopback.answerWith(async (request, response) => {
    const { form, method, path, query } = await readAsked(request);
    switch (`${method} ${path.replace(/^\/v\d+\.\d/, '')}`) {
      case 'GET /dialog/oauth': {
        facebook.scopes.push(query.get('scope'));
        const code = crypto.randomUUID();
        const redirectUri = query.get('redirect_uri') ?? '';
        codes.set(code, redirectUri);
        const state = query.get('state') ?? '';
        return sendChoice(response, {
          Continue: to(redirectUri, { code, state }),
          'Not now': to(redirectUri, {
            error_reason: 'user_denied',
            error: 'access_denied',
            error_description: 'Permissions error.',
            state,
          }),
        });
      }
      case 'POST /oauth/access_token': {
        if (form.get('client_secret') !== FACEBOOK_CLIENT.secret)
          return sendJson(response, 400, failed('OAuthException', 1, 'Error validating client secret.'));
        const code = form.get('code') ?? '';
        const redirectUri = codes.get(code);
        codes.delete(code);
        if (facebook.areCodesExpired || redirectUri === undefined)
          return sendJson(
            response,
            400,
            failed('OAuthException', 100, 'This authorization code has expired.', 36007),
          );
        if (redirectUri !== form.get('redirect_uri'))
          return sendJson(
            response,
            400,
            failed('OAuthException', 100, 'Error validating verification code.', 36008),
          );
        const token = `EAA${crypto.randomUUID().replaceAll('-', '')}`;
        tokens.add(token);
        return sendJson(response, 200, { access_token: token, token_type: 'bearer', expires_in: 5_183_999 });
      }
      case 'GET /me': {
        const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
        const proof = createHmac('sha256', FACEBOOK_CLIENT.secret).update(token).digest('hex');
        if (query.get('appsecret_proof') !== proof)
          return sendJson(
            response,
            400,
            failed('GraphMethodException', 100, 'Invalid appsecret_proof provided in the API argument'),
          );
        if (!tokens.has(token))
          return sendJson(response, 401, failed('OAuthException', 190, 'Invalid OAuth access token.'));
        return sendJson(response, 200, { id: facebook.userId });
      }
      default:
        return void response.writeHead(404).end();
    }
  });
  return facebook;
}

function to(redirectUri: string, parameters: Readonly<Record<string, string>>): URL {
  const url = backTo(redirectUri, parameters);
  // It adds this to whatever it leads back to.
  url.hash = '_=_';
  return url;
}

function failed(type: string, code: number, message: string, subcode?: number) {
  return { error: { message, type, code, error_subcode: subcode, fbtrace_id: 'AbCdEfGhIjK' } };
}
