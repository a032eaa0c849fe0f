// Which Ruff is a file's own: the configured one, else that of the active Python environment, else the one on PATH,
// which is that of the person's login shell where the editor asks it. Nothing runs where the window isn't trusted, and
// nothing is looked for that isn't a file on this machine.

import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { l10n, type Uri, workspace } from 'vscode';
import type { ProjectRuff } from './linter.ts';
import { getPythonEnvironment } from './python-environment.ts';
import { BUNDLED, getConfigured, type Machine, ruffsAround, ruffsIn, ruffsOnPath } from './ruff-places.ts';
import { createProjectRuff, type Identified, identify } from './ruff-process.ts';

/** Ruff reads nothing else as Python, whatever the editor calls it. */
const READABLE = /(?:^|[/\\])[^/\\.]+$|\.(?:py|pyi|pyw|ipynb)$/i;

const machine: Machine = { isWindows: process.platform === 'win32', path, home: homedir() };

export class ProjectRuffs {
  /** What each program said that it is, by its path and its last change. */
  readonly #identified = new Map<string, Identified>();
  readonly #timeoutMs: number;

  /** @param timeoutMs how long a check may take */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** @throws the signal's reason once it is aborted */
  async get(uri: Uri, signal: AbortSignal): Promise<ProjectRuff | undefined> {
    if (!workspace.isTrusted || uri.scheme !== 'file' || !READABLE.test(uri.path)) return undefined;
    const folder = workspace.getWorkspaceFolder(uri)?.uri.fsPath;
    const setting = workspace.getConfiguration('pybin', uri).get<unknown>('lint.ruffPath');
    if (setting === BUNDLED) return undefined;
    const configured = getConfigured(setting, folder, machine);
    if (configured !== undefined) return (await this.#getAt(configured, signal)) ?? notThere(configured);

    for (const place of await ruffsOfEnvironment(uri, folder)) {
      const ruff = await this.#getAt(place, signal);
      if (ruff) return ruff;
    }
    for (const place of ruffsOnPath(process.env['PATH'] ?? '', machine)) {
      // One that doesn't run is nobody's in particular.
      const identified = await this.#identifyAt(place, signal);
      if (identified.kind === 'ruff') return this.#ruffAt(place, identified);
    }
    return undefined;
  }

  /** A program that says that it is Ruff, or one that fails at that. */
  async #getAt(program: string, signal: AbortSignal): Promise<ProjectRuff | undefined> {
    const identified = await this.#identifyAt(program, signal);
    switch (identified.kind) {
      case 'ruff':
        return this.#ruffAt(program, identified);
      case 'failed':
        return failing(identified.reason);
      case 'other':
        return undefined;
      default:
        return identified satisfies never;
    }
  }

  #ruffAt(program: string, { version }: { readonly version: string }): ProjectRuff {
    return createProjectRuff({ program, version, t: l10n.t, timeoutMs: this.#timeoutMs });
  }

  /** Other programs have its name: a shim whose environment has none. */
  async #identifyAt(program: string, signal: AbortSignal): Promise<Identified> {
    const changedAtMs = await stat(program).then(
      (found) => (found.isFile() ? found.mtimeMs : undefined),
      () => undefined,
    );
    if (changedAtMs === undefined) return { kind: 'other' };
    const key = `${changedAtMs} ${program}`;
    const known = this.#identified.get(key);
    if (known) return known;
    const identified = await identify({ program, t: l10n.t }, signal);
    if (identified.kind !== 'failed') this.#identified.set(key, identified);
    return identified;
  }
}

async function ruffsOfEnvironment(uri: Uri, folder: string | undefined): Promise<string[]> {
  const environment = await getPythonEnvironment(uri);
  if (environment) return ruffsIn(environment, machine);
  return folder === undefined ? [] : ruffsAround(uri.fsPath, folder, machine);
}

/** One that somebody asked for and that isn't there is not passed over in silence. */
function notThere(program: string): ProjectRuff {
  const reason = l10n.t(
    'The setting pybin.lint.ruffPath names {0}, which is no Ruff that runs. Correct it, or leave it empty.',
    program,
  );
  return failing(reason);
}

function failing(reason: string): ProjectRuff {
  return { check: async () => ({ kind: 'failed', reason }) };
}
