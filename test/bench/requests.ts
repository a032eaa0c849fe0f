// The requests that are measured, and what counts as a good answer to them.

import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';

export interface User {
  readonly userId: string;
  readonly key: string;
}

export interface Answer {
  readonly status: number;
  readonly etag: string;
  readonly body: Buffer;
}

/** Sends a request and reads its answer to the end without decoding it: the bytes must arrive, and no more. */
export async function ask(connection: Dispatcher, options: Dispatcher.RequestOptions): Promise<Answer> {
  const { statusCode, headers, body } = await connection.request(options);
  const { etag } = headers;
  return {
    status: statusCode,
    etag: typeof etag === 'string' ? etag : '',
    body: Buffer.from(await body.arrayBuffer()),
  };
}

/** @throws where the answer's status is another, with what the answer says */
export async function requireAnswer(
  connection: Dispatcher,
  options: Dispatcher.RequestOptions,
  status: number,
): Promise<Answer> {
  const answer = await ask(connection, options);
  if (answer.status === status) return answer;
  throw new Error(`${options.method} ${options.path} answered ${answer.status}: ${answer.body.toString()}`);
}

export function pushOf(
  { key }: User,
  body: Buffer | Readable,
  headers: Readonly<Record<string, string>> = {},
): Dispatcher.RequestOptions {
  return { method: 'POST', path: '/', body, headers: { ...headers, authorization: `Bearer ${key}` } };
}

/** @param number the newest where none is given */
export function readOf({ userId }: User, number?: number): Dispatcher.RequestOptions {
  return { method: 'GET', path: number === undefined ? `/raw/~${userId}` : `/raw/~${userId}/${number}` };
}

export function listOf({ key }: User): Dispatcher.RequestOptions {
  return { method: 'GET', path: '/v1/snippets', headers: { authorization: `Bearer ${key}` } };
}
