// An operator's commands, as processes of their own.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const directory = join(import.meta.dirname, '../../worker/operator');

export interface Ended {
  readonly code: unknown;
  /** All that it printed. */
  readonly said: string;
}

/** Runs `npm run {name} -- {args}` to its end. */
export async function runOperator(
  name: 'takedown' | 'rotate-secret',
  args: readonly string[],
  environment: Record<string, string>,
): Promise<Ended> {
  const child = spawn(process.execPath, [join(directory, `${name}.ts`), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const [out, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, said: out + errors };
}
