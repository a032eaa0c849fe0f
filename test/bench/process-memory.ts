// Memory of the runtime's whole process, as Linux tells it: all isolates, SQLite, buffers of connections.

import { readdir, readFile } from 'node:fs/promises';

export interface ProcessMemory {
  readonly nowBytes: number;
  /** The most since it began. */
  readonly peakBytes: number;
}

/** Undefined where the system has no /proc. */
export async function runtimeMemory(): Promise<ProcessMemory | undefined> {
  const pids = await readdir('/proc').catch(() => []);
  for (const pid of pids.filter((name) => /^\d+$/.test(name))) {
    // A process may end while it is looked at.
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    if (/^Name:\s+workerd$/m.test(status) && numberIn(status, 'PPid') === process.pid)
      return { nowBytes: numberIn(status, 'VmRSS') * 1024, peakBytes: numberIn(status, 'VmHWM') * 1024 };
  }
  return undefined;
}

function numberIn(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
}
