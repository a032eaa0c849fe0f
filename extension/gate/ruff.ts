// The bundled Ruff as a function: text in, diagnostics out, whatever becomes of the thread behind it.
// A thread that crashed, broke or did not answer in time is ended and replaced at the next use; never "clean".

import { bytesToHex } from '@noble/hashes/utils.js';
import { limits } from '../../shared/limits.ts';
import { readRuffDiagnostics, ruffOptions } from '../../shared/lint/ruff.ts';
import type { Translate } from '../words.ts';
import type { Ruff, RuffAnswer } from './linter.ts';
import type { RuffResponse } from './ruff-protocol.ts';
import type { StartThread, Thread } from './thread.ts';

export interface RuffOptions {
  readonly startThread: StartThread;
  readonly t: Translate;
  readonly timeoutMs?: number;
  /** How long a thread without work is kept. */
  readonly idleMs?: number;
}

/** Starts no thread yet: the first check does. Checks are made one after the other. */
export function createRuff({
  startThread,
  t,
  timeoutMs = limits.lint.ruffTimeoutMs,
  idleMs = limits.lint.ruffIdleMs,
}: RuffOptions): Ruff {
  let thread: Thread | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let lastId = 0;
  let turn: Promise<unknown> = Promise.resolve();
  /** The one check that is under way. */
  let asked: Asked | undefined;

  function end(): void {
    clearTimeout(idle);
    const ended = thread;
    thread = undefined;
    ended?.end();
  }

  function start(): Thread {
    const started: Thread = startThread({
      answered: (response) => {
        if (response.id === asked?.id) asked.resolve(readResponse(response, t));
      },
      // One that dies without work is only forgotten.
      died: (reason) => {
        if (thread !== started) return;
        end();
        asked?.resolve(failed(reason, t));
      },
    });
    return started;
  }

  async function ask(text: string, signal: AbortSignal): Promise<RuffAnswer> {
    signal.throwIfAborted();
    clearTimeout(idle);
    lastId += 1;
    const { promise, resolve, reject } = Promise.withResolvers<Answered>();
    asked = { id: lastId, resolve };
    const timer = setTimeout(
      () => resolve(failed(t('it did not answer within {0} seconds.', timeoutMs / 1000), t)),
      timeoutMs,
    );
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort);
    try {
      thread ??= start();
      thread.post({ kind: 'check', id: lastId, text });
      const answer = await promise;
      if (answer.kind === 'failed') end();
      else idle = setTimeout(end, idleMs);
      return answer.kind === 'failed' ? answer : { ...answer, configurationSha256: await optionsSha256() };
    } catch (error) {
      // It may be at work on a text that nobody waits for any more.
      end();
      signal.throwIfAborted();
      return failed(error instanceof Error ? error.message : String(error), t);
    } finally {
      asked = undefined;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    }
  }

  return {
    check(text, signal) {
      const answer = turn.then(() => ask(text, signal));
      turn = answer.catch(() => undefined);
      return answer;
    },
    dispose() {
      end();
      asked?.resolve(failed(t('its thread ended.'), t));
    },
  };
}

/** An answer, of which the configuration's hash is still to be made. */
type Answered = Failed | Omit<Extract<RuffAnswer, { readonly kind: 'checked' }>, 'configurationSha256'>;
type Failed = Extract<RuffAnswer, { readonly kind: 'failed' }>;

interface Asked {
  readonly id: number;
  readonly resolve: (answer: Answered) => void;
}

function readResponse(response: RuffResponse, t: Translate): Answered {
  switch (response.kind) {
    case 'checked': {
      const diagnostics = readRuffDiagnostics(response.answer);
      if (diagnostics === undefined) return failed(t('it answered in a form that is not known.'), t);
      return { kind: 'checked', diagnostics, version: response.version };
    }
    case 'broke':
      return failed(response.reason, t);
    default:
      return response satisfies never;
  }
}

function failed(reason: string, t: Translate): Failed {
  return { kind: 'failed', reason: t('The bundled Ruff could not check this text: {0}', reason) };
}

async function optionsSha256(): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(ruffOptions));
  return bytesToHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
