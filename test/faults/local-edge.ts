// The edge on this machine as a process of its own, which a test can end in any way.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text as readText } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';

const startScript = join(import.meta.dirname, '../../worker/local/start.ts');
const edgeScript = fileURLToPath(new URL('edge-process.ts', import.meta.url));

/** Between two questions whether an edge answers again. Restarting takes a few hundred milliseconds. */
const ASK_AGAIN_MS = 10;
/** No edge takes so long to come back, however busy the machine is. */
const COME_BACK_MS = 30_000;

export interface RunningEdge {
  readonly url: string;
  readonly key: string;
  /** All that it printed until it was ready. */
  readonly welcome: string;
  /** Sends a signal to the process, or with SIGKILL to workerd too; resolves with its exit code when it has ended. */
  end(signal: EndSignal): Promise<number | null>;
}

type EndSignal = 'SIGINT' | 'SIGTERM' | 'SIGKILL';

/** Starts the edge as `npm start` does, and resolves when it says that it is ready. */
export async function startLocalEdge(stateDirectory: string): Promise<RunningEdge> {
  const child = spawnGroup(startScript, { PORT: '0', PYBIN_STATE_DIR: stateDirectory, PYBIN_USER: 'ada' });
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

/** What a kill -9 hits: workerd alone, which is then started again by itself, or all that runs. */
export type Victim = 'workerd' | 'everything';

/** An edge without a rate limit that is killed and comes back, with the same state. */
export class CrashingEdge {
  readonly #stateDirectory: string;
  #process: EdgeProcess;

  private constructor(stateDirectory: string, process: EdgeProcess) {
    this.#stateDirectory = stateDirectory;
    this.#process = process;
  }

  static async start(stateDirectory: string): Promise<CrashingEdge> {
    return new CrashingEdge(stateDirectory, await EdgeProcess.start(stateDirectory));
  }

  /** Another one after everything was killed. */
  get url(): string {
    return this.#process.url;
  }

  /** Kills at once, before anything is awaited; resolves when the edge answers again. */
  async crash(victim: Victim): Promise<void> {
    switch (victim) {
      case 'workerd':
        return this.#process.restartWorkerd();
      case 'everything':
        await this.#process.kill();
        this.#process = await EdgeProcess.start(this.#stateDirectory);
        return;
      default:
        victim satisfies never;
    }
  }

  async end(): Promise<void> {
    await this.#process.kill();
  }
}

/** One process of edge-process.ts, with what it has printed until now. */
class EdgeProcess {
  readonly #child: ChildProcess;
  #workerdPids: readonly number[] = [];
  #url = '';

  static async start(stateDirectory: string): Promise<EdgeProcess> {
    const child = spawnGroup(edgeScript, { PYBIN_STATE_DIR: stateDirectory });
    const started = new EdgeProcess(child);
    const ended = once(child, 'exit');
    const lines = createInterface(child.stdout);
    const ready = new Promise<void>((resolve) => {
      lines.on('line', (line) => {
        const pid = /^workerd (\d+)$/.exec(line)?.[1];
        if (pid !== undefined) started.#workerdPids = [...started.#workerdPids, Number(pid)];
        const url = /^url (\S+)$/.exec(line)?.[1];
        if (url === undefined) return;
        started.#url = url;
        resolve();
      });
    });
    await Promise.race([
      ready,
      ended.then(([code]) => {
        throw new Error(`the edge ended as it started: ${code}`);
      }),
    ]);
    return started;
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  get url(): string {
    return this.#url;
  }

  async kill(): Promise<void> {
    await end(this.#child, 'SIGKILL');
  }

  async restartWorkerd(): Promise<void> {
    const before = this.#workerdPids.length;
    const pid = this.#workerdPids.at(-1);
    if (pid === undefined) throw new Error('the edge did not tell which process is workerd');
    process.kill(pid, 'SIGKILL');
    const options = { interval: ASK_AGAIN_MS, timeout: COME_BACK_MS };
    // Not before there is another: until then, the one that was killed might answer.
    await vi.waitUntil(() => this.#workerdPids.length > before, options);
    await vi.waitFor(() => fetch(`${this.#url}/health`), options);
  }
}

/** Starts a script in a group of its own, so that a kill reaches workerd as a crash of the machine would. */
function spawnGroup(script: string, environment: Record<string, string>) {
  return spawn(process.execPath, [script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
}

async function end(child: ChildProcess, signal: EndSignal): Promise<number | null> {
  if (child.pid === undefined) throw new Error('the edge has no process');
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
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
