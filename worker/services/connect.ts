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
import { limits } from '../../shared/limits.ts';
import { type Problem, ProblemError, problems } from '../../shared/problem.ts';
import { toProblemMessage } from '../../shared/message.ts';
import { ProblemSchema } from '../../shared/gen/pybin_pb.js';
import { callerOf } from '../identity/caller.ts';
import { forEachMethod } from './methods.ts';

interface Call {
  readonly request: Request;
  readonly env: Env;
  /** Tells of a failure that nobody expected, and gives the problem to answer. */
  report(error: unknown): Problem;
}

const callKey = createContextKey<Call | undefined>(undefined);

/** Paths and handlers of all methods. */
export const connectHandlers: ReadonlyMap<string, UniversalHandler> = createHandlers();

/** Answers one call. Failures come out as Connect errors with a Problem as their detail. */
export async function answerConnect(handler: UniversalHandler, call: Call): Promise<Response> {
  const universal = universalServerRequestFromFetch(call.request, {});
  const contextValues = createContextValues().set(callKey, call);
  return universalServerResponseToFetch(await handler({ ...universal, contextValues }));
}

function createHandlers(): Map<string, UniversalHandler> {
  const router = createConnectRouter({ grpc: false, readMaxBytes: limits.messageBytes });
  forEachMethod((method) => {
    router.rpc(method.description, async (input, context) => {
      const call = context.values.get(callKey);
      if (!call) throw new ConnectError('no call', Code.Internal);
      try {
        return await method.run(input, callerOf(call.request, call.env));
      } catch (error) {
        throw toConnectError(error instanceof ProblemError ? error.problem : call.report(error));
      }
    });
  });
  return new Map(router.handlers.map((handler) => [handler.requestPath, handler]));
}

function toConnectError(problem: Problem): ConnectError {
  const detail = { desc: ProblemSchema, value: toProblemMessage(problem) };
  return new ConnectError(problem.detail, problems[problem.code].connect, undefined, [detail]);
}
