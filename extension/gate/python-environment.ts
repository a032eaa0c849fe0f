// Where the active Python environment keeps its programs, told by whichever Python extension is there, if any.
// Looked up softly: a missing, slow or changed extension leaves nothing to find, never an error.

import { extensions, type Uri } from 'vscode';
import { limits } from '../../shared/limits.ts';

/** What is known of an environment: paths in this machine's form. */
export interface PythonEnvironment {
  /** Its interpreter. */
  readonly executable: string | undefined;
  /** Its root folder. */
  readonly prefix: string | undefined;
}

/** The environment that is active for a file; undefined where nobody knows of one. */
export async function getPythonEnvironment(uri: Uri): Promise<PythonEnvironment | undefined> {
  return (await inTime(byEnvironments(uri))) ?? (await inTime(byPython(uri)));
}

// Its promise `activate` may wait for a Python that starts slowly: a push doesn't wait as long.
async function inTime<Value>(asked: Promise<Value | undefined>): Promise<Value | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), limits.lint.environmentTimeoutMs);
  try {
    return await Promise.race([asked, promise]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

async function byEnvironments(uri: Uri): Promise<PythonEnvironment | undefined> {
  const api: unknown = await extensions.getExtension('ms-python.vscode-python-envs')?.activate();
  const environment = await call(api, 'getEnvironment', uri);
  const run = get(get(environment, 'execInfo'), 'run');
  return environmentOf(get(run, 'executable'), get(environment, 'sysPrefix'));
}

async function byPython(uri: Uri): Promise<PythonEnvironment | undefined> {
  const api: unknown = await extensions.getExtension('ms-python.python')?.activate();
  const environments = get(api, 'environments');
  const path = await call(environments, 'getActiveEnvironmentPath', uri);
  if (path === undefined) return undefined;
  const executable = get(await call(environments, 'resolveEnvironment', path), 'executable');
  return environmentOf(get(get(executable, 'uri'), 'fsPath'), get(executable, 'sysPrefix'));
}

function environmentOf(executable: unknown, prefix: unknown): PythonEnvironment | undefined {
  const environment = { executable: textOf(executable), prefix: textOf(prefix) };
  return environment.executable === undefined && environment.prefix === undefined ? undefined : environment;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function get(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;
}

async function call(of: unknown, name: string, argument: unknown): Promise<unknown> {
  const method = get(of, name);
  return typeof method === 'function' ? Reflect.apply(method, of, [argument]) : undefined;
}
