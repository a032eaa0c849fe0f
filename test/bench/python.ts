// Real Python of any size, from the one package among the development tools that holds much of it.

import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const gyp = dirname(fileURLToPath(new URL('../../node_modules/node-gyp/gyp/gyp_main.py', import.meta.url)));
const LETTERS = 26;

let corpus: Promise<Uint8Array> | undefined;

/**
 * So many bytes of Python.
 * @param start where in it to begin, so that several samples can be had; it goes round at its end
 */
export async function realPython(sizeBytes: number, start = 0): Promise<Buffer> {
  const python = await (corpus ??= readCorpus());
  const text = Buffer.alloc(sizeBytes);
  let from = start % python.length;
  for (let filled = 0, round = 0; filled < sizeBytes; round++, from = 0) {
    const part = python.subarray(from, from + sizeBytes - filled);
    text.set(round === 0 ? part : inOtherWords(part, round), filled);
    filled += part.length;
  }
  return text;
}

export async function corpusBytes(): Promise<number> {
  return (await (corpus ??= readCorpus())).length;
}

async function readCorpus(): Promise<Uint8Array> {
  const files = await readdir(gyp, { recursive: true });
  const paths = files.filter((file) => file.endsWith('.py')).toSorted();
  const texts = await Promise.all(paths.map((path) => readFile(join(gyp, path))));
  // What isn't ASCII goes, so that a sample may be cut anywhere.
  return Buffer.concat(texts).filter((byte) => byte < 0x80);
}

/** The same text with its letters moved on: a compressor with a long memory finds no second copy of it. */
function inOtherWords(text: Uint8Array, steps: number): Uint8Array {
  return text.map((byte) => {
    const alphabet = byte & 0xe0;
    const letter = (byte & 0x1f) - 1;
    const isLetter = (alphabet === 0x40 || alphabet === 0x60) && letter >= 0 && letter < LETTERS;
    return isLetter ? alphabet + 1 + ((letter + steps) % LETTERS) : byte;
  });
}
