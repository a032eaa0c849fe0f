// The bundled Ruff as tests use it: the thread's own source, on this very Node.

import { join } from 'node:path';
import { createRuff, type Ruff, type RuffOptions } from '../../../extension/gate/ruff.ts';

export function realRuff(options: Partial<RuffOptions> = {}): Ruff {
  const threadPath = join(import.meta.dirname, '../../../extension/gate/ruff-thread.ts');
  return createRuff({ threadPath, ...options });
}

export const unaborted: AbortSignal = new AbortController().signal;
