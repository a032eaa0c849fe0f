// Which Ruff is a file's own: the configured one, else that of the active Python environment, else the one on PATH,
// which is that of the person's login shell where the editor asks it. Nothing runs where the window isn't trusted, and
// nothing is looked for that isn't a file on this machine.

import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ProjectRuff } from './linter.ts';
import { getPythonEnvironment } from './python-environment.ts';
import { BUNDLED, getConfigured, type Machine, ruffsAround, ruffsIn, ruffsOnPath } from './ruff-places.ts';
import { createProjectRuff, identify } from './ruff-process.ts';

/** Ruff reads nothing else as Python, whatever the editor calls it. */
const READABLE = /(?:^|[/\\])[^/\\.]+$|\.(?:py|pyi|pyw|ipynb)$/i;

const machine: Machine = { isWindows: process.platform === 'win32', path, home: homedir() };

export class ProjectRuffs {
  /** The version of each program that was tried, by its path and its last change; undefined: it is no Ruff. */
  readonly #versions = new Map<string, string | undefined>();
  readonly #timeoutMs: number;

  /** @param timeoutMs how long a check may take */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** @throws the signal's reason once it is aborted */
  async get(uri: vscode.Uri, signal: AbortSignal): Promise<ProjectRuff | undefined> {
    if (!vscode.workspace.isTrusted || uri.scheme !== 'file' || !READABLE.test(uri.path)) return undefined;
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath;
    const setting = vscode.workspace.getConfiguration('pybin', uri).get<unknown>('lint.ruffPath');
    if (setting === BUNDLED) return undefined;
    const configured = getConfigured(setting, folder, machine);
    if (configured !== undefined) return (await this.#getAt(configured, signal)) ?? notThere(configured);

    const places = [
      ...(await ruffsOfEnvironment(uri, folder)),
      ...ruffsOnPath(process.env['PATH'] ?? '', machine),
    ];
    for (const place of places) {
      const ruff = await this.#getAt(place, signal);
      if (ruff) return ruff;
    }
    return undefined;
  }

  /** A program that says that it is Ruff. Others have its name: a shim whose environment has none. */
  async #getAt(program: string, signal: AbortSignal): Promise<ProjectRuff | undefined> {
    const changedAtMs = await stat(program).then(
      (found) => (found.isFile() ? found.mtimeMs : undefined),
      () => undefined,
    );
    if (changedAtMs === undefined) return undefined;
    const key = `${changedAtMs} ${program}`;
    if (!this.#versions.has(key)) {
      const identified = await identify(program, signal);
      if (identified.kind === 'silent') return undefined;
      this.#versions.set(key, identified.kind === 'ruff' ? identified.version : undefined);
    }
    const version = this.#versions.get(key);
    return version === undefined
      ? undefined
      : createProjectRuff({ program, version, t: vscode.l10n.t, timeoutMs: this.#timeoutMs });
  }
}

async function ruffsOfEnvironment(uri: vscode.Uri, folder: string | undefined): Promise<string[]> {
  const environment = await getPythonEnvironment(uri);
  if (environment) return ruffsIn(environment, machine);
  return folder === undefined ? [] : ruffsAround(uri.fsPath, folder, machine);
}

/** One that somebody asked for and that isn't there is not passed over in silence. */
function notThere(program: string): ProjectRuff {
  const reason = vscode.l10n.t(
    'The setting pybin.lint.ruffPath names {0}, which is no Ruff that runs. Correct it, or leave it empty.',
    program,
  );
  return { check: async () => ({ kind: 'failed', reason }) };
}
