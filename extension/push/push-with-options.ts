// Pushes what "Push" would, after its author has said more of it. Lifetime and visibility are those of the last time;
// what was said of a push that didn't go is there again.

import { noOptions, type PushOptions } from './draft.ts';
import { readKept, toKept } from './options.ts';
import { pickOptions } from './options-pick.ts';
import { pushFrom, type Pushed, type PushParts } from './run.ts';
import { firstLineOf } from '../../shared/first-line.ts';
import { getActive, showNothing } from './source.ts';
import type { Memory } from './visibility-choice.ts';

const KEPT_KEY = 'pybin.pushOptions';

export class PushWithOptions {
  readonly #parts: PushParts;
  readonly #memory: Memory;
  /** What was said of pushes that neither went nor wait, by the document's URI. */
  readonly #said = new Map<string, PushOptions>();

  constructor(parts: PushParts, memory: Memory) {
    this.#parts = parts;
    this.#memory = memory;
  }

  async run(): Promise<Pushed> {
    const source = getActive();
    if (!source) return showNothing();
    const documentUri = source.uri.toString();
    const { fileName, text } = source.freeze();
    const waiting = this.#parts.pending.get(documentUri)?.options;
    const initial =
      (waiting === noOptions ? undefined : waiting) ??
      this.#said.get(documentUri) ??
      readKept(this.#memory.get(KEPT_KEY));
    const options = await pickOptions(initial, fileName || firstLineOf(text));
    if (!options) return { kind: 'canceled' };
    await this.#memory.update(KEPT_KEY, toKept(options));
    this.#said.set(documentUri, options);
    const outcome = await pushFrom(source, this.#parts, options);
    if (isKeptElsewhere(outcome)) this.#said.delete(documentUri);
    return outcome;
  }
}

/** Has it gone, or does it wait with all that was said of it? */
function isKeptElsewhere({ kind }: Pushed): boolean {
  return ['pushed', 'queued', 'blocked', 'unchecked'].includes(kind);
}
