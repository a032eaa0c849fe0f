// The contract's visibility as the word that people use. Apart from message.ts, so that who only reads a snippet
// loads none of the contract's code: of the generated file this takes its types alone.

import type { Visibility as VisibilityMessage } from './gen/pybin_pb.js';
import type { Visibility } from './snippet.ts';

const WORDS: Readonly<Record<VisibilityMessage, Visibility | undefined>> = {
  0: undefined,
  1: 'public',
  2: 'unlisted',
  3: 'private',
};

/** Undefined where none is given, and for one that only a newer contract knows: enums are open (proto3). */
export function getVisibility(message: VisibilityMessage): Visibility | undefined {
  return WORDS[message];
}
