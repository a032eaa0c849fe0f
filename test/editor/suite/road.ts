// A server on the way from the editor to the edge, on which requests and answers can be changed or lost.

import * as assert from 'node:assert/strict';
import * as http from 'node:http';
import { endpoint } from './desk.ts';

export interface Road extends AsyncDisposable {
  readonly url: string;
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
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  return {
    url: `http://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
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
