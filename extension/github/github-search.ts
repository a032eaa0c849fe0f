// GitHub's search for code, asked with the token of whoever searches (docs.github.com/rest/search#search-code).
// What comes back is somebody else's: only what has the right form is taken, and only addresses of GitHub.

import { firstLineOf } from '../../shared/first-line.ts';
import { limits } from '../../shared/limits.ts';

/** A file that has what was searched for. */
export interface Hit {
  /** `owner/name`. */
  readonly repository: string;
  readonly path: string;
  /** Where a browser shows it. */
  readonly url: string;
  /** A line around what was found; empty where none came. */
  readonly line: string;
}

export type SearchAnswer =
  | { readonly kind: 'found'; readonly hits: readonly Hit[] }
  /** The token is none, or none any more. */
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'rateLimited'; readonly retryAfterSeconds: number }
  /** GitHub doesn't search for this. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'canceled' };

export class GitHubSearch {
  readonly #api: string;

  /** @param api the address of GitHub's API; without a slash at its end */
  constructor(api = 'https://api.github.com') {
    this.#api = api;
  }

  async search(words: string, token: string, nowMs: number, signal: AbortSignal): Promise<SearchAnswer> {
    const address = `${this.#api}/search/code?per_page=${limits.github.hits}&q=${encodeURIComponent(words)}`;
    const timeout = AbortSignal.timeout(limits.github.timeoutMs);
    try {
      const response = await fetch(address, {
        headers: {
          accept: 'application/vnd.github.text-match+json',
          authorization: `Bearer ${token}`,
          'x-github-api-version': '2022-11-28',
        },
        signal: AbortSignal.any([signal, timeout]),
      });
      if (response.ok) return { kind: 'found', hits: toHits(await response.json()) };
      return toRefusal(response, nowMs);
    } catch {
      return { kind: signal.aborted ? 'canceled' : 'unavailable' };
    }
  }
}

function toRefusal({ status, headers }: Response, nowMs: number): SearchAnswer {
  const isLimited =
    status === 429 ||
    (status === 403 && (headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0'));
  if (isLimited) return { kind: 'rateLimited', retryAfterSeconds: retryAfterSeconds(headers, nowMs) };
  if (status === 401) return { kind: 'unauthorized' };
  return { kind: status >= 400 && status < 500 ? 'refused' : 'unavailable' };
}

/** As the answer says it; a minute, which is GitHub's window for searches, where it doesn't. */
function retryAfterSeconds(headers: Headers, nowMs: number): number {
  const after = Number(headers.get('retry-after'));
  const resetMs = Number(headers.get('x-ratelimit-reset')) * 1000;
  const seconds = after > 0 ? after : Math.ceil((resetMs - nowMs) / 1000);
  return seconds > 0 && Number.isFinite(seconds) ? seconds : 60;
}

function toHits(answer: unknown): Hit[] {
  const items = member(answer, 'items');
  return Array.isArray(items) ? items.flatMap((item: unknown) => toHit(item) ?? []) : [];
}

function toHit(item: unknown): Hit | undefined {
  const path = member(item, 'path');
  const url = member(item, 'html_url');
  const repository = member(member(item, 'repository'), 'full_name');
  if (typeof path !== 'string' || typeof repository !== 'string' || typeof url !== 'string') return undefined;
  if (!url.startsWith('https://github.com/')) return undefined;
  const matches = member(item, 'text_matches');
  const fragment = Array.isArray(matches) ? member(matches[0], 'fragment') : undefined;
  return { repository, path, url, line: typeof fragment === 'string' ? firstLineOf(fragment) : '' };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
