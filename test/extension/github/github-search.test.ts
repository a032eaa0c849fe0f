// A search on GitHub sends what it is given and nothing more, and every way it can fail has a name.

import { createServer, type IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { GitHubSearch, type SearchAnswer } from '../../../extension/github/github-search.ts';
import { limits } from '../../../shared/limits.ts';

const now = Date.UTC(2026, 10, 20, 12);
const hit = {
  path: 'src/load.py',
  html_url: 'https://github.com/ada/shop/blob/0123/src/load.py',
  repository: { full_name: 'ada/shop' },
  text_matches: [{ fragment: '\n  def load_input(path):\n    pass' }],
};

interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

const ends: (() => unknown)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A GitHub on loopback; without a reply it breaks the line. */
async function gitHub(reply: Reply | undefined) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    if (!reply) response.destroy();
    else response.writeHead(reply.status ?? 200, reply.headers).end(reply.body ?? '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(
    () => server.close(),
    () => server.closeAllConnections(),
  );
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the server has no address');
  return { requests, search: new GitHubSearch(`http://127.0.0.1:${address.port}`) };
}

async function answerTo(reply: Reply | undefined): Promise<SearchAnswer> {
  const { search } = await gitHub(reply);
  return search.search('"load_input"', 'a-token', now, new AbortController().signal);
}

describe('a search on GitHub', () => {
  it('sends the words, the token, and how many files it takes', async () => {
    const { search, requests } = await gitHub({});
    await search.search('"a = b" language:python', 'a-token', now, new AbortController().signal);
    const [request] = requests;
    const url = new URL(request?.url ?? '', 'https://api.github.com');
    expect([request?.method, url.pathname]).toEqual(['GET', '/search/code']);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      per_page: String(limits.github.hits),
      q: '"a = b" language:python',
    });
    expect(request?.headers.authorization).toBe('Bearer a-token');
  });

  it('gives the files that were found', async () => {
    expect(
      await answerTo({ body: JSON.stringify({ items: [hit, { ...hit, text_matches: undefined }] }) }),
    ).toEqual({
      kind: 'found',
      hits: [
        { repository: 'ada/shop', path: 'src/load.py', url: hit.html_url, line: 'def load_input(path):' },
        { repository: 'ada/shop', path: 'src/load.py', url: hit.html_url, line: '' },
      ],
    });
  });

  it.each([
    ['an address elsewhere', [{ ...hit, html_url: 'https://evil.example/a' }]],
    ['an address that only begins so', [{ ...hit, html_url: 'https://github.com.evil.example/a' }]],
    ['a command', [{ ...hit, html_url: 'command:workbench.action.quit' }]],
    ['no path', [{ ...hit, path: 7 }]],
    ['no repository', [{ ...hit, repository: null }]],
    ['nothing', [null, 'x', []]],
    ['no list', { 0: hit }],
  ])('takes nothing that has %s', async (_, items) => {
    expect(await answerTo({ body: JSON.stringify({ items }) })).toEqual({ kind: 'found', hits: [] });
  });

  it.each<[string, Reply | undefined, SearchAnswer]>([
    ['a token that is none', { status: 401 }, { kind: 'unauthorized' }],
    [
      'a search too many',
      { status: 403, headers: { 'retry-after': '7' } },
      { kind: 'rateLimited', retryAfterSeconds: 7 },
    ],
    [
      'the last search of a minute',
      {
        status: 403,
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 30) },
      },
      { kind: 'rateLimited', retryAfterSeconds: 30 },
    ],
    ['too many requests, whatever it says', { status: 429 }, { kind: 'rateLimited', retryAfterSeconds: 60 }],
    ['what this token may not', { status: 403 }, { kind: 'refused' }],
    ['a search that it doesn’t take', { status: 422 }, { kind: 'refused' }],
    ['its own failure', { status: 503 }, { kind: 'unavailable' }],
    ['no JSON', { body: '<html>' }, { kind: 'unavailable' }],
    ['nothing', undefined, { kind: 'unavailable' }],
  ])('names %s', async (_, reply, expected) => {
    expect(await answerTo(reply)).toEqual(expected);
  });

  it('can be given up', async () => {
    const { search } = await gitHub({});
    expect(await search.search('x', 'a-token', now, AbortSignal.abort())).toEqual({ kind: 'canceled' });
  });
});
