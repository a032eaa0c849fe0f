// The thread that Ruff runs in: 10 MB of WebAssembly and 130 MB of memory, kept away from the extension host.
// Bundled to a file of its own beside `ruff_wasm_bg.wasm`, which the package reads when it is required.

import { parentPort } from 'node:worker_threads';
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';
import { ruffOptions } from '../../shared/lint/ruff.ts';
import type { RuffRequest, RuffResponse } from './ruff-protocol.ts';

const workspace = new Workspace(ruffOptions, PositionEncoding.Utf16);

function answer({ id, text }: RuffRequest): RuffResponse {
  try {
    return { kind: 'checked', id, answer: workspace.check(text), version: Workspace.version() };
  } catch (error) {
    // Too deeply nested code overflows the stack and leaves the instance's memory as it was in the middle of it.
    return { kind: 'broke', id, reason: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (request: RuffRequest) => {
  parentPort?.postMessage(answer(request));
});
