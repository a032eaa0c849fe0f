// The bundled Ruff as a function: text in, diagnostics out, whatever becomes of the thread behind it.
// A thread that crashed, broke or did not answer in time is ended and replaced at the next use; never "clean".

import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { limits } from '../../shared/limits.ts';
import { readRuffDiagnostics, ruffOptions } from '../../shared/lint/ruff.ts';
import type { Translate } from '../words.ts';
import type { Ruff, RuffAnswer } from './linter.ts';
import type { RuffRequest, RuffResponse } from './ruff-protocol.ts';

export interface RuffOptions {
  /** The bundled `ruff-thread`. */
  readonly threadPath: string;
  readonly t: Translate;
  readonly timeoutMs?: number;
  /** How long a thread without work is kept. */
  readonly idleMs?: number;
}

/** Starts no thread yet: the first check does. Checks are made one after the other. */
export function createRuff({
  threadPath,
  t,
  timeoutMs = limits.lint.ruffTimeoutMs,
  idleMs = limits.lint.ruffIdleMs,
}: RuffOptions): Ruff {
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;
  let turn: Promise<unknown> = Promise.resolve();

  function end(): void {
    clearTimeout(idle);
    const ended = thread;
    thread = undefined;
    void ended?.terminate();
  }

  function forget(dead: Worker): void {
    if (thread === dead) end();
  }

  function start(): Worker {
    // Flags of the extension host are not for this thread. It never keeps the host from ending.
    const started = new Worker(threadPath, {
      execArgv: [],
      resourceLimits: { stackSizeMb: limits.lint.ruffStackMb },
    });
    started.unref();
    // A thread that dies without work is told of here; while it works, whoever waits for it hears it too.
    started.on('error', () => forget(started)).on('exit', () => forget(started));
    return started;
  }

  async function ask(text: string, signal: AbortSignal): Promise<RuffAnswer> {
    signal.throwIfAborted();
    clearTimeout(idle);
    lastId += 1;
    try {
      thread ??= start();
      const answer = await answerOf(thread, { kind: 'check', id: lastId, text }, timeoutMs, t, signal);
      if (answer.kind === 'failed') end();
      else idle = setTimeout(end, idleMs).unref();
      return answer;
    } catch (error) {
      // It may be at work on a text that nobody waits for any more.
      end();
      signal.throwIfAborted();
      return failed(error instanceof Error ? error.message : String(error), t);
    }
  }

  return {
    check(text, signal) {
      const answer = turn.then(() => ask(text, signal));
      turn = answer.catch(() => undefined);
      return answer;
    },
    dispose: end,
  };
}

function answerOf(
  thread: Worker,
  request: RuffRequest,
  timeoutMs: number,
  t: Translate,
  signal: AbortSignal,
): Promise<RuffAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<RuffAnswer>();
  const timer = setTimeout(
    () => resolve(failed(t('it did not answer within {0} seconds.', timeoutMs / 1000), t)),
    timeoutMs,
  );
  const onMessage = (response: RuffResponse): void => {
    if (response.id !== request.id) return;
    resolve(readResponse(response, t));
  };
  const onError = (error: unknown): void =>
    resolve(failed(error instanceof Error ? error.message : String(error), t));
  const onExit = (): void => resolve(failed(t('its thread ended.'), t));
  const onAbort = (): void => reject(signal.reason);
  thread.on('message', onMessage).on('error', onError).on('exit', onExit);
  signal.addEventListener('abort', onAbort);
  thread.postMessage(request);
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    thread.off('message', onMessage).off('error', onError).off('exit', onExit);
  });
}

function readResponse(response: RuffResponse, t: Translate): RuffAnswer {
  switch (response.kind) {
    case 'checked': {
      const diagnostics = readRuffDiagnostics(response.answer);
      if (diagnostics === undefined) return failed(t('it answered in a form that is not known.'), t);
      const { version } = response;
      return { kind: 'checked', diagnostics, version, configurationSha256: optionsSha256() };
    }
    case 'broke':
      return failed(response.reason, t);
    default:
      return response satisfies never;
  }
}

function failed(reason: string, t: Translate): RuffAnswer {
  return { kind: 'failed', reason: t('The bundled Ruff could not check this text: {0}', reason) };
}

function optionsSha256(): string {
  return createHash('sha256').update(JSON.stringify(ruffOptions)).digest('hex');
}
