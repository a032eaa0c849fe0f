// Texts to push: real Python of all sizes, no two the same, with the ends and beginnings that get lost.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

const directory = join(import.meta.dirname, '../../node_modules/node-gyp/gyp/pylib/gyp');
const python = readdirSync(directory)
  .filter((name) => name.endsWith('.py'))
  .toSorted()
  .map((name) => readFileSync(join(directory, name), 'utf8'))
  .join('');

const KB = 1024;
const MB = 1024 * KB;

/** What a text is made from: small, so that a thousand can be planned. */
export interface Recipe {
  /** Where in the Python it starts; it goes round at its end. */
  readonly start: number;
  /** Without what is put around it. */
  readonly characters: number;
  readonly lineEnd: string;
  readonly before: string;
  readonly after: string;
}

/** Most have a few KB; one in twelve is so long that it is stored in several chunks, compressed as it is. */
export const recipes: fc.Arbitrary<Recipe> = fc.record({
  start: fc.nat(python.length - 1),
  characters: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 8 * KB }) },
    { weight: 3, arbitrary: fc.integer({ min: 8 * KB, max: 200 * KB }) },
    { weight: 1, arbitrary: fc.integer({ min: 5 * MB, max: 6 * MB }) },
  ),
  lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
  before: fc.constantFrom('', '', '\uFEFF', '\r\n', '\0'),
  after: fc.constantFrom('', '\n', '\r\n', '\r', '\0', '\uFEFF', '🐍', '👩‍💻\r\n', '🐍\0'),
});

/** The text of a recipe in UTF-8. @param mark what tells it from all others */
export function bake(recipe: Recipe, mark: string): Uint8Array<ArrayBuffer> {
  const { start, characters, lineEnd, before, after } = recipe;
  const rounds = Math.ceil((start + characters) / python.length);
  const code = python.repeat(rounds).slice(start, start + characters);
  const lines = `${code}\n# ${mark}`.replaceAll('\n', lineEnd);
  return new TextEncoder().encode(`${before}${lines}${after}`);
}
