// What the commands do that push.

import type { Handlers, pushCommands } from '../commands.ts';
import { pushClipboard } from './push-clipboard.ts';
import { pushFiles } from './push-files.ts';
import { PushWithOptions } from './push-with-options.ts';
import { pushActive, pushNotebook } from './push.ts';
import type { PushParts } from './run.ts';
import type { Memory } from './visibility-choice.ts';

/** @param memory keeps what was said of pushes */
export function createPushHandlers(parts: PushParts, memory: Memory): Handlers<typeof pushCommands> {
  const withOptions = new PushWithOptions(parts, memory);
  return {
    'pybin.push': () => pushActive(parts),
    'pybin.pushWithOptions': () => withOptions.run(),
    'pybin.pushFile': (_, given) => pushFiles(parts, given),
    'pybin.pushNotebook': () => pushNotebook(parts),
    'pybin.pushClipboard': () => pushClipboard(parts),
  };
}
