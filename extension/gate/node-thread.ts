// A thread of Node, which never keeps the extension host from ending.

import { Worker } from 'node:worker_threads';
import { limits } from '../../shared/limits.ts';
import type { RuffResponse } from './ruff-protocol.ts';
import type { StartThread } from './thread.ts';

/** @param path the bundled `ruff-thread` */
export function threadsAt(path: string): StartThread {
  return (events) => {
    // Flags of the extension host are not for this thread.
    const worker = new Worker(path, {
      execArgv: [],
      resourceLimits: { stackSizeMb: limits.lint.ruffStackMb },
    });
    worker.unref();
    worker
      .on('message', (response: RuffResponse) => events.answered(response))
      .on('error', (error: unknown) => events.died(error instanceof Error ? error.message : String(error)))
      .on('exit', () => events.died('its thread ended.'));
    return {
      post: (request) => worker.postMessage(request),
      end: () =>
        void worker
          .removeAllListeners()
          .on('error', () => {})
          .terminate(),
    };
  };
}
