// What pages of other origins may ask for, as a browser would check it.

import { beforeAll, describe, expect, it } from 'vitest';
import { ask, signIn, type User } from './edge.ts';

let ada: User;
beforeAll(async () => {
  ada = await signIn('cors-ada', 'private');
  await ada.push('print(1)');
});

const preflight = (path: string) =>
  ask(path, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://vscode.dev',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,connect-protocol-version',
    },
  });

describe('A page of another origin', () => {
  it.each(['/v1/snippets', '/v1/account', '/pybin.v1.SnippetService/CreateSnippet'])(
    'may ask %s, by a key',
    async (path) => {
      const answer = await preflight(path);
      expect(answer.status).toBe(204);
      const allowed = Object.fromEntries(answer.headers);
      expect(allowed).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-headers': expect.stringContaining('authorization'),
        'access-control-allow-methods': expect.stringContaining('POST'),
      });
      expect(allowed).not.toHaveProperty('access-control-allow-credentials');
    },
  );

  it.each([
    ['what it has the key for', () => ada.ask('/v1/snippets/latest'), 200],
    ['why it is refused', () => ask('/v1/snippets/latest'), 401],
    ['that there is nothing', () => ada.ask('/v1/nowhere'), 404],
  ])('may read %s', async (_what, asked, status) => {
    const answer = await asked();
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([status, '*']);
    expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
  });

  it.each(['/', '/name.py', '/sign-in/local', '/~cors-ada', '/account', '/mcp'])(
    'may not ask %s for more than a link or a form does',
    async (path) => {
      const answer = await preflight(path);
      expect(answer.headers.has('access-control-allow-origin')).toBe(false);
    },
  );
});
