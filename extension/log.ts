// The log of pybin: what was done and what went wrong, for whoever looks into it. Never a key, never a text.

import { type LogOutputChannel, window } from 'vscode';

export type Log = LogOutputChannel;

export function createLog(): Log {
  return window.createOutputChannel('pybin', { log: true });
}
