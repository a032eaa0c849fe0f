// A browser as somebody opens it: it keeps the cookies that it is given, and follows where it is led.

import { env } from 'cloudflare:workers';
import { createExecutionContext } from 'cloudflare:test';
import { answer } from '../../../worker/router.ts';
import { origin } from '../edge.ts';
import type { Browser } from '../session.ts';

export class Stranger implements Browser {
  readonly #cookies = new Map<string, string>();
  readonly #vars: Partial<Env>;

  /** @param vars what the instance that it uses has besides */
  constructor(vars: Partial<Env> = {}) {
    this.#vars = vars;
  }

  get cookie(): string {
    return Array.from(this.#cookies, ([name, value]) => `${name}=${value}`).join('; ');
  }

  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookie !== '') headers.set('cookie', this.cookie);
    if (!headers.has('origin') && !headers.has('sec-fetch-site'))
      headers.set('sec-fetch-site', 'same-origin');
    const request = new Request(new URL(path, origin), { ...init, headers, redirect: 'manual' });
    const response = await answer(request, { ...env, ...this.#vars }, createExecutionContext());
    for (const setCookie of response.headers.getSetCookie()) this.#keep(setCookie);
    return response;
  }

  #keep(setCookie: string): void {
    const [pair = '', ...attributes] = setCookie.split('; ');
    const [name = '', value = ''] = pair.split('=');
    // What a browser would not take (RFC 6265bis, 4.1.3.2).
    if (!attributes.includes('Secure') || !attributes.includes('Path=/')) return;
    if (attributes.includes('Max-Age=0')) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}
