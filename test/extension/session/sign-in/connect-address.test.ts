// The page’s address carries what the edge asks for, whatever is in it; its answers are told apart.

import { describe, expect, it } from 'vitest';
import {
  type Answer,
  connectAddress,
  readAnswer,
} from '../../../../extension/session/sign-in/connect-address.ts';
import { getRedirectAddress } from '../../../../shared/redirect-address.ts';

describe('the address of the page', () => {
  it.each([
    ['a desktop editor', 'vscode://pybin.pybin/signed-in?attempt=s&windowId=1'],
    [
      'an editor in a browser',
      'http://127.0.0.1:8080/callback?vscode-reqid=1&vscode-path=%2Fsigned-in&vscode-query=attempt%3Ds',
    ],
  ])('carries where the answer goes, of %s', (_, redirectUri) => {
    const address = connectAddress('https://pybin.example', {
      redirectUri,
      state: 's',
      codeChallenge: 'c',
      name: 'VS Code on Ada’s laptop & more',
    });
    const url = new URL(address);
    expect(url.origin + url.pathname).toBe('https://pybin.example/connect');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      redirect_uri: redirectUri,
      state: 's',
      code_challenge: 'c',
      code_challenge_method: 'S256',
      name: 'VS Code on Ada’s laptop & more',
    });
    expect(address).toMatch(/^[\w:/?=&%.~-]+$/);
    expect(getRedirectAddress(redirectUri)).toBeDefined();
  });
});

describe('the page’s answer', () => {
  it.each<[string, Answer]>([
    ['code=abc&state=s', { kind: 'approved', code: 'abc' }],
    ['error=access_denied&state=s', { kind: 'denied' }],
    ['error=server_error', { kind: 'strange', error: 'server_error' }],
    ['code=abc&error=server_error', { kind: 'strange', error: 'server_error' }],
    ['code=', { kind: 'strange', error: 'no code' }],
    ['', { kind: 'strange', error: 'no code' }],
  ])('"%s"', (query, expected) => {
    expect(readAnswer(new URLSearchParams(query))).toEqual(expected);
  });
});
