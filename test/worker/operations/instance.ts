// The Worker as an instance that is set up otherwise: with other secrets, or with parts that fail.

import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { answer } from '../../../worker/router.ts';
import { origin } from '../edge.ts';

export const METRICS_TOKEN = 'token-of-the-metrics';
export const OPERATOR_TOKEN = 'token-of-the-operator';

/** One request to an instance with these bindings in place of its own. */
export function askInstance(bindings: Partial<Env>, path: string, init: RequestInit = {}): Promise<Response> {
  const request = new Request(`${origin}${path}`, init);
  return answer(request, { ...env, ...bindings }, createExecutionContext());
}

/** Requests as somebody who shows a key or a token. */
export function shown(key: string, init: RequestInit = {}): RequestInit {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${key}`);
  return { ...init, headers };
}

/** Stacks that break as they are asked, with this in the message. */
export function brokenStacks(message: string): Env['STACK'] {
  const broken = () => Promise.reject(new Error(message));
  return new Proxy(env.STACK, {
    get(stacks, name) {
      const method: unknown = Reflect.get(stacks, name);
      if (name !== 'get') return typeof method === 'function' ? method.bind(stacks) : method;
      // Every method of every Stack, also those of an authority.
      return () => new Proxy({}, { get: (_stack, called) => (called === 'as' ? brokenOwner : broken) });
    },
  });

  function brokenOwner() {
    return new Proxy({}, { get: () => broken, has: () => false });
  }
}

/** Values of /metrics by sample. */
export type Samples = Readonly<Record<string, number>>;

export async function readMetrics(): Promise<{ text: string; samples: Samples }> {
  const answered = await askInstance({ METRICS_TOKEN }, '/metrics', shown(METRICS_TOKEN));
  const text = await answered.text();
  if (!answered.ok) throw new Error(`the metrics were refused: ${text}`);
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const samples = Object.fromEntries(
    lines.map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
  return { text, samples };
}
