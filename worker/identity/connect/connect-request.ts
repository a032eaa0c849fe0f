// What an editor asks a browser for (RFC 6749, 4.1.1, with RFC 7636): read whole, or refused whole. Pure.

import { limits } from '../../../shared/limits.ts';
import { readDeviceName } from '../device-name.ts';
import { isCodeChallenge } from './code-challenge.ts';
import { getRedirectAddress, type RedirectAddress } from '../../../shared/redirect-address.ts';

export interface ConnectRequest {
  /** What the editor calls itself, and its key. */
  readonly name: string;
  readonly redirect: RedirectAddress;
  readonly state: string;
  readonly codeChallenge: string;
  /** What it asked with, to ask the same again. */
  readonly fields: Readonly<Record<string, string>>;
}

/** @returns why it can't be answered, where it can't */
export function readConnectRequest(get: (name: string) => string | null): ConnectRequest | string {
  const redirect = getRedirectAddress(get('redirect_uri') ?? '');
  if (!redirect)
    return 'The address that the answer would go to is not that of an editor on this device, or of VS Code in the browser.';
  const state = get('state') ?? '';
  if (state === '' || state.length > limits.connect.stateCharacters)
    return 'What the editor would know the answer by is missing, or too long.';
  const codeChallenge = get('code_challenge') ?? '';
  if (get('code_challenge_method') !== 'S256' || !isCodeChallenge(codeChallenge))
    return 'What the editor would prove itself with is missing, or not of the kind that is taken here (PKCE with S256).';
  const name = readDeviceName(get('name') ?? '', redirect.receiver);
  const fields = {
    redirect_uri: redirect.href,
    state,
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
    name,
  };
  return { name, redirect, state, codeChallenge, fields };
}
