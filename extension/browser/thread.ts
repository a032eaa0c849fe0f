// A worker of a browser. Its script and Ruff's WebAssembly come through the editor, because an extension's files may
// lie at another origin than the editor's page, where no worker may be started from.

import { Uri, workspace } from 'vscode';
import type { FirstMessage } from './ruff-thread.ts';
import type { RuffRequest, RuffResponse } from '../gate/ruff-protocol.ts';
import type { StartThread } from '../gate/thread.ts';

/** @param folder where the bundles lie */
export function threadsIn(folder: Uri): StartThread {
  return (events) => {
    let worker: Worker | undefined;
    // The editor's own worker loads the script when it has started: not before is it read for good.
    let scriptUrl = '';
    let isEnded = false;
    /** What was asked before the worker was there. */
    const waiting: RuffRequest[] = [];

    async function load(): Promise<void> {
      const [script, wasm] = await Promise.all(
        ['browser-ruff-thread.cjs', 'ruff_wasm_bg.wasm'].map((name) =>
          workspace.fs.readFile(Uri.joinPath(folder, name)),
        ),
      );
      if (isEnded || !script || !wasm) return;
      scriptUrl = URL.createObjectURL(new Blob([new Uint8Array(script)], { type: 'text/javascript' }));
      worker = new Worker(scriptUrl);
      worker.addEventListener('message', ({ data }: MessageEvent<RuffResponse>) => events.answered(data));
      worker.addEventListener('error', ({ message }) => events.died(message || 'its worker did not start.'));
      const bytes = new Uint8Array(wasm);
      worker.postMessage({ bytes } satisfies FirstMessage, [bytes.buffer]);
      for (const request of waiting) worker.postMessage(request);
    }

    load().catch((error: unknown) => {
      if (!isEnded) events.died(error instanceof Error ? error.message : String(error));
    });
    return {
      post(request) {
        if (worker) worker.postMessage(request);
        else waiting.push(request);
      },
      end() {
        isEnded = true;
        worker?.terminate();
        URL.revokeObjectURL(scriptUrl);
      },
    };
  };
}
