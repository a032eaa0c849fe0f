// Runs a program to its end, quietly: what it printed matters only to whoever has to say why it failed.
import { execFile } from 'node:child_process';

export interface Outcome {
  ok: boolean;
  /** Standard output, then standard error. */
  printed: string;
}

const printedLimitBytes = 64 * 1024 ** 2;

/** Never throws: a program that can't be started is one that failed. */
export function runProgram(
  file: string,
  parameters: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv },
): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(file, parameters, { ...options, maxBuffer: printedLimitBytes }, (error, stdout, stderr) => {
      const printed = stdout + stderr;
      resolve({ ok: error === null, printed: printed === '' && error ? error.message : printed });
    });
  });
}
