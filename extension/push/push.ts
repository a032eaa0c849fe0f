// The commands that begin a push.

import { pushFrom, type Pushed, type PushParts } from './run.ts';
import { getActive, showNothing } from './source.ts';

/** Pushes what is selected in the active editor, or all of it where nothing is; or the code of a notebook. */
export async function pushActive(parts: PushParts): Promise<Pushed> {
  const source = getActive();
  return source ? pushFrom(source, parts) : showNothing();
}
