// The edge as `npm start` runs it, as a process of its own that a test can end in any way.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text as readText } from 'node:stream/consumers';

const startScript = join(import.meta.dirname, '../../worker/local/start.ts');

export interface RunningEdge {
  readonly url: string;
  readonly key: string;
  /** All that it printed until it was ready. */
  readonly welcome: string;
  /** Sends a signal to the process, or with SIGKILL to workerd too; resolves with its exit code when it has ended. */
  end(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/** Starts the edge and resolves when it says that it is ready. */
export async function startLocalEdge(stateDirectory: string): Promise<RunningEdge> {
  const child = spawn(process.execPath, [startScript], {
    // A group of its own, so that a kill reaches workerd as a crash of the machine would.
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PORT: '0', PYBIN_STATE_DIR: stateDirectory, PYBIN_USER: 'ada' },
  });
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (line.startsWith('Ctrl-C ends it')) break;
  }
  const welcome = lines.join('\n');
  return {
    url: requireMatch(welcome, /^pybin is at (\S+)$/m),
    key: requireMatch(welcome, /^ {2}key {3}(\S+)$/m),
    welcome,
    end: (signal) => end(child, signal),
  };
}

/** Starts the edge where it can't start, and gives its exit code and what it said of the reason. */
export async function failToStart(
  environment: Record<string, string>,
): Promise<{ code: unknown; said: string }> {
  const child = spawn(process.execPath, [startScript], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const [said, [code]] = await Promise.all([readText(child.stderr), once(child, 'exit')]);
  return { code, said };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.pid === undefined) throw new Error('the edge has no process');
  if (child.exitCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  process.kill(signal === 'SIGKILL' ? -child.pid : child.pid, signal);
  await exited;
  return child.exitCode;
}

function requireMatch(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`the edge did not start: ${text}`);
  return found;
}
