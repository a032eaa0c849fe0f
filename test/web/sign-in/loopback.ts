// A server on this machine, at any free port, whose answers may be chosen later: it knows then who will ask.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface Loopback {
  /** Such as `http://127.0.0.1:50000`. */
  readonly url: string;
  answerWith(answer: Answer): void;
  close(): Promise<void>;
}

export async function listen(): Promise<Loopback> {
  let answer: Answer = notYet;
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    answerWith(chosen) {
      answer = chosen;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function notYet(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(503).end();
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
}

export async function readAsked(request: IncomingMessage): Promise<Asked> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  return {
    method: request.method ?? '',
    path: pathname,
    query: searchParams,
    form: new URLSearchParams(await text(request)),
  };
}

/** Where somebody is sent back to. */
export function backTo(redirectUri: string, parameters: Readonly<Record<string, string>>): URL {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

/** A page with a button for each answer, which leads where that answer leads. */
export function sendChoice(response: ServerResponse, choices: Readonly<Record<string, URL>>): void {
  const links = Object.entries(choices).map(
    ([label, { href }]) => `<p><a href="${href.replaceAll('&', '&amp;')}">${label}</a></p>`,
  );
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><html lang="en"><title>A provider</title>${links.join('')}</html>`);
}
