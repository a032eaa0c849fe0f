// A server on the way from the editor to the edge, on which requests and answers can be changed or lost, and WebSockets
// refused or cut.

import * as assert from 'node:assert/strict';
import * as http from 'node:http';
import * as net from 'node:net';
import type { Duplex } from 'node:stream';
import { endpoint } from './desk.ts';

export interface Road extends AsyncDisposable {
  readonly url: string;
  /** Whether WebSockets are let through from now on. */
  takesSockets: boolean;
  /** Resolves when the next WebSocket was opened at the edge. */
  nextSocket(): Promise<void>;
  /** Cuts those that are open, without a word. */
  cutSockets(): void;
}

export interface Carried {
  /** The path with its query. */
  readonly path: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Breaks the connection where `carry` gives no answer. */
export async function startRoad(carry: (request: Carried) => Promise<Response | undefined>): Promise<Road> {
  const answer = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const { url: path = '/', method = 'POST' } = request;
    const carried = await carry({ path, method, headers: headersOf(request), body: Buffer.concat(chunks) });
    if (!carried) {
      response.destroy();
      return;
    }
    response.writeHead(carried.status, { 'content-type': carried.headers.get('content-type') ?? '' });
    response.end(Buffer.from(await carried.arrayBuffer()));
  };
  const server = http.createServer((request, response) => void answer(request, response));
  const sockets = new Set<Duplex>();
  server.on('upgrade', (request: http.IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!road.takesSockets) {
      socket.destroy();
      return;
    }
    const theirs = carrySocket(request, socket, head, sockets);
    // The first that comes back is the answer to the upgrade.
    theirs.once('data', () => server.emit('carried'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  const road: Road = {
    url: `http://127.0.0.1:${address.port}`,
    takesSockets: true,
    nextSocket: () => new Promise((resolve) => server.once('carried', () => resolve())),
    cutSockets: () => {
      for (const socket of sockets) socket.destroy();
    },
    [Symbol.asyncDispose]: async () => {
      road.cutSockets();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return road;
}

/** Carries bytes both ways from the upgrade on, with the request as it came. */
function carrySocket(
  { method, url, rawHeaders }: http.IncomingMessage,
  ours: Duplex,
  head: Buffer,
  sockets: Set<Duplex>,
): Duplex {
  const { hostname, port } = new URL(endpoint);
  const theirs = net.connect(Number(port), hostname);
  const headers = rawHeaders.map((part, index) => (index % 2 === 0 ? `${part}: ` : `${part}\r\n`));
  theirs.write(`${method} ${url} HTTP/1.1\r\n${headers.join('')}\r\n`);
  theirs.write(head);
  for (const [socket, other] of [
    [ours, theirs],
    [theirs, ours],
  ] as const) {
    sockets.add(socket);
    socket.pipe(other);
    socket.on('error', () => other.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
  }
  return theirs;
}

/** Lets a request through to the edge. */
export async function carryOn({ path, method, headers, body }: Carried): Promise<Response> {
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return fetch(`${endpoint}${path}`, { method, headers, ...(hasBody && { body: Uint8Array.from(body) }) });
}

/** The first answer of this method of the contract is lost, after the edge has done what was asked. */
export async function startRoadThatLosesAnAnswer(method: string): Promise<Road> {
  let lost = false;
  return startRoad(async (request) => {
    const response = await carryOn(request);
    if (!request.path.endsWith(`/${method}`) || lost) return response;
    lost = true;
    await response.arrayBuffer();
    return undefined;
  });
}

function headersOf(request: http.IncomingMessage): Headers {
  const headers = new Headers();
  for (const name of ['authorization', 'content-type', 'connect-protocol-version']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  return headers;
}
