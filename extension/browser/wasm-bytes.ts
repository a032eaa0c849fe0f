// Stands for Node's `fs` in a browser's thread: the one file that Ruff's package reads is given to it before.

let bytes: Uint8Array<ArrayBuffer> | undefined;

/** To be called before the package is loaded. */
export function giveBytes(given: Uint8Array<ArrayBuffer>): void {
  bytes = given;
}

export function readFileSync(): Uint8Array<ArrayBuffer> {
  if (!bytes) throw new Error('the WebAssembly of Ruff was not given');
  return bytes;
}
