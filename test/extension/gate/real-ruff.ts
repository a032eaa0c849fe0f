// The bundled Ruff as tests use it: the thread's own source, on this very Node.

import { join } from 'node:path';
import type { Linters, Ruff } from '../../../extension/gate/linter.ts';
import { threadsAt } from '../../../extension/gate/node-thread.ts';
import { createRuff, type RuffOptions } from '../../../extension/gate/ruff.ts';
import { translate } from '../translate.ts';

export function realRuff(options: Partial<RuffOptions> = {}): Ruff {
  const threadPath = join(import.meta.dirname, '../../../extension/gate/ruff-thread.ts');
  return createRuff({ startThread: threadsAt(threadPath), t: translate, ...options });
}

export const unaborted: AbortSignal = new AbortController().signal;

/** The linters of a project that has none of its own. */
export function onlyBundled(bundled: Ruff): Linters {
  return { bundled, getProjectRuff: async () => undefined, dispose: () => bundled.dispose() };
}
