// The commands that begin a push.

import { pushFrom, type Pushed, type PushParts } from './run.ts';
import { getActive, getActiveNotebook, showNothing } from './source.ts';

/** Pushes what is selected in the active editor, or all of it where nothing is; of a notebook, the active cell's or cells'. */
export async function pushActive(parts: PushParts): Promise<Pushed> {
  const source = getActive();
  return source ? pushFrom(source, parts) : showNothing();
}

/** Pushes the code of the active notebook. */
export async function pushNotebook(parts: PushParts): Promise<Pushed> {
  const source = getActiveNotebook();
  return source ? pushFrom(source, parts) : showNothing();
}
