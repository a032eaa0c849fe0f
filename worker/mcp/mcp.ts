// The door for language models: the stack's tools over MCP's streamable HTTP (modelcontextprotocol.io), by the
// official SDK. Stateless: each request brings its key, and a server is made for it alone.

import { createMcpHandler } from '@modelcontextprotocol/server';
import { limits } from '../../shared/limits.ts';
import { ProblemError } from '../../shared/problem.ts';
import { callerOf, requireCredential } from '../identity/caller.ts';
import { readBody, requireUtf8 } from '../intake/body.ts';
import { callAs } from '../stack/stub.ts';
import { createToolServer } from './tool-server.ts';

/**
 * `POST /mcp`.
 * @throws {ProblemError} `unauthenticated` where no good key was shown, whatever is asked for: by this status, which
 * no answer of a tool has, a client knows that it has to ask its person for one
 */
export async function answerMcp(request: Request, env: Env): Promise<Response> {
  const caller = callerOf(request, env);
  // By a key alone: what a model does must not ride on the cookie of a browser.
  const credential = requireCredential(caller);
  if (credential.kind !== 'key')
    throw new ProblemError({ code: 'unauthenticated', detail: 'Show a key: "Authorization: Bearer pyb_…".' });
  await callAs(env, credential, (owner) => owner.account());
  const parsedBody = await readMessage(request);
  const handler = createMcpHandler(() => createToolServer(caller), {
    // The tools never change, so there is nothing to wait for on an open stream.
    maxSubscriptions: 0,
  });
  const answer = await handler.fetch(request, { parsedBody });
  answer.headers.set('cache-control', 'private, no-store');
  return answer;
}

async function readMessage(request: Request): Promise<unknown> {
  const text = requireUtf8(await readBody(request, 'message', limits.messageBytes));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProblemError({ code: 'invalid_argument', detail: 'The body is not JSON.' }, { cause: error });
  }
}
