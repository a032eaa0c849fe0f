// The contract as Connect and gRPC-Web at /pybin.v1.{Service}/{Method}: what shared/client.ts speaks.

import {
  Code,
  ConnectError,
  createConnectRouter,
  createContextKey,
  createContextValues,
} from '@connectrpc/connect';
import {
  type UniversalHandler,
  universalServerRequestFromFetch,
  universalServerResponseToFetch,
} from '@connectrpc/connect/protocol';
import { errorToJson } from '@connectrpc/connect/protocol-connect';
import { limits } from '../../shared/limits.ts';
import { type Problem, ProblemError, problems } from '../../shared/problem.ts';
import { toProblemMessage } from '../../shared/message.ts';
import { ProblemSchema } from '../../shared/gen/pybin_pb.js';
import { callerOf } from '../identity/caller.ts';
import { forEachMethod } from './methods.ts';

interface Call {
  readonly request: Request;
  readonly env: Env;
  /** The problem to answer for what was thrown. */
  problemOf(error: unknown): Promise<Problem>;
}

interface ReadCall extends Call {
  /** Tells that the message could be read. */
  messageRead(): void;
}

const callKey = createContextKey<ReadCall | undefined>(undefined);

/** Paths and handlers of all methods. */
export const connectHandlers: ReadonlyMap<string, UniversalHandler> = createHandlers();

/** Answers one call. Failures come out as Connect errors with a Problem as their detail. */
export async function answerConnect(handler: UniversalHandler, call: Call): Promise<Response> {
  const universal = universalServerRequestFromFetch(call.request, {});
  let isRead = false;
  const messageRead = () => {
    isRead = true;
  };
  const contextValues = createContextValues().set(callKey, { ...call, messageRead });
  const answer = await handler({ ...universal, contextValues });
  // The library takes the blame for a message that it can't read.
  if (!isRead && answer.status >= 500) return await unreadableMessage(call);
  return universalServerResponseToFetch(answer);
}

function createHandlers(): Map<string, UniversalHandler> {
  const router = createConnectRouter({ grpc: false, readMaxBytes: limits.messageBytes });
  forEachMethod((method) => {
    router.rpc(method.description, async (input, context) => {
      const call = context.values.get(callKey);
      if (!call) throw new ConnectError('no call', Code.Internal);
      call.messageRead();
      try {
        return await method.run(input, callerOf(call.request, call.env));
      } catch (error) {
        throw toConnectError(await call.problemOf(error));
      }
    });
  });
  return new Map(router.handlers.map((handler) => [handler.requestPath, handler]));
}

async function unreadableMessage(call: Call): Promise<Response> {
  const detail =
    'The message can’t be read: it is not what its headers say, or packed in a way that is unknown.';
  const problem = await call.problemOf(new ProblemError({ code: 'invalid_argument', detail }));
  return Response.json(errorToJson(toConnectError(problem), undefined), {
    status: problems[problem.code].status,
  });
}

function toConnectError(problem: Problem): ConnectError {
  const detail = { desc: ProblemSchema, value: toProblemMessage(problem) };
  return new ConnectError(problem.detail, problems[problem.code].connect, undefined, [detail]);
}
