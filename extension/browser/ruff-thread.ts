// The worker that Ruff runs in where the editor is a browser. It is given the WebAssembly first, then texts.

import { ruffOptions } from '../../shared/lint/ruff.ts';
import { giveBytes } from './wasm-bytes.ts';
import type { RuffRequest, RuffResponse } from '../gate/ruff-protocol.ts';

/** What comes before any request. */
export interface FirstMessage {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

type Check = (request: RuffRequest) => RuffResponse;

let check: Promise<Check> | undefined;

globalThis.addEventListener('message', async ({ data }: MessageEvent<FirstMessage | RuffRequest>) => {
  if ('bytes' in data) {
    giveBytes(data.bytes);
    check = load();
    return;
  }
  if (!check) throw new Error('the WebAssembly of Ruff was not given');
  globalThis.postMessage((await check)(data));
});

async function load(): Promise<Check> {
  // Its package reads the bytes as soon as it is loaded.
  const { PositionEncoding, Workspace } = await import('@astral-sh/ruff-wasm-nodejs');
  const workspace = new Workspace(ruffOptions, PositionEncoding.Utf16);
  return ({ id, text }) => {
    try {
      return { kind: 'checked', id, answer: workspace.check(text), version: Workspace.version() };
    } catch (error) {
      // Too deeply nested code overflows the stack and leaves the instance's memory as it was in the middle of it.
      return { kind: 'broke', id, reason: error instanceof Error ? error.message : String(error) };
    }
  };
}
