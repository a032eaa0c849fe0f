// Where a project's own Ruff may lie, the most wanted first. Pure: paths in the machine's form, nothing is looked at.

import type { PlatformPath } from 'node:path';
import type { PythonEnvironment } from './python-environment.ts';

export interface Machine {
  readonly isWindows: boolean;
  readonly path: Pick<PlatformPath, 'delimiter' | 'dirname' | 'isAbsolute' | 'join'>;
  readonly home: string;
}

/** The programs of an environment: beside its interpreter, or in the folder that its system gives them. */
export function ruffsIn({ executable, prefix }: PythonEnvironment, machine: Machine): string[] {
  const { path, isWindows } = machine;
  const folders = [
    ...(executable === undefined ? [] : [path.dirname(executable)]),
    ...(prefix === undefined ? [] : [path.join(prefix, isWindows ? 'Scripts' : 'bin')]),
  ];
  return [...new Set(folders)].map((folder) => path.join(folder, programName(machine)));
}

/**
 * Those of a file's project where nobody tells which environment is active: in `.venv`, as the tools call it that make
 * environments, of the nearest folder around the file, up to the project's own.
 */
export function ruffsAround(file: string, folder: string, machine: Machine): string[] {
  const { path } = machine;
  const inside: string[] = [];
  for (let at = path.dirname(file); at !== folder && at !== path.dirname(at); at = path.dirname(at))
    inside.push(at);
  return [...inside, folder].flatMap((each) =>
    ruffsIn({ executable: undefined, prefix: path.join(each, '.venv') }, machine),
  );
}

/** Those in the folders of `PATH`. A folder that isn't named in full is left out: it is another one everywhere. */
export function ruffsOnPath(pathVariable: string, machine: Machine): string[] {
  const { path } = machine;
  return pathVariable
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, programName(machine)));
}

/** What the setting says in place of a path, for the Ruff that comes with pybin. */
export const BUNDLED = 'bundled';

/**
 * The configured one, with `~` for the home folder and `${workspaceFolder}` for the project's; undefined where none
 * is. What isn't absolute is the project's too.
 */
export function getConfigured(
  setting: unknown,
  folder: string | undefined,
  machine: Machine,
): string | undefined {
  if (typeof setting !== 'string' || setting.trim() === '') return undefined;
  const { path, home } = machine;
  const named = setting
    .trim()
    .replace(/^~(?=$|[\\/])/, () => home)
    .replaceAll('${workspaceFolder}', () => folder ?? '');
  return path.isAbsolute(named) || folder === undefined ? named : path.join(folder, named);
}

function programName({ isWindows }: Machine): string {
  return isWindows ? 'ruff.exe' : 'ruff';
}
