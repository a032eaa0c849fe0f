// The file of this window that a snippet came from: by its repository and path, else by its path, else by its name.

import { FileType, RelativePattern, Uri, workspace } from 'vscode';
import { limits } from '../../../shared/limits.ts';
import type { Repository } from './git.ts';
import { isPathWithin, isSameRepository } from './repository.ts';

/** What is told of where a text came from; empty where it isn't. */
export interface FileOrigin {
  readonly fileName: string;
  readonly repository: string;
  readonly path: string;
}

/** The files that it may be, all equally likely; usually one. */
export async function findFiles(
  { fileName, repository, path }: FileOrigin,
  repositories: readonly Repository[],
): Promise<readonly Uri[]> {
  const there = await findClones({ repository, path }, repositories);
  if (there.length > 0) return there;
  const alike = isPathWithin(path) ? await search(path) : [];
  return alike.length > 0 ? alike : search(fileName);
}

/** The files at this path in clones of this repository. */
export async function findClones(
  { repository, path }: Pick<FileOrigin, 'repository' | 'path'>,
  repositories: readonly Repository[],
): Promise<readonly Uri[]> {
  if (!isPathWithin(path)) return [];
  const clones = repositories.filter(({ remotes }) =>
    remotes.some((remote) => isSameRepository(remote, repository)),
  );
  return existing(clones.map(({ root }) => Uri.joinPath(root, path)));
}

/** Files of the opened folders whose path ends so. */
async function search(ending: string): Promise<readonly Uri[]> {
  if (ending === '') return [];
  // What means something in a pattern is asked for as any character; what was found is looked at again.
  const pattern = `**/${ending.replaceAll(/[*?[\]{}!]/g, '?')}`;
  const found = await Promise.all(
    (workspace.workspaceFolders ?? []).map((folder) =>
      workspace.findFiles(new RelativePattern(folder, pattern), undefined, limits.editor.filesOfferedAtMost),
    ),
  );
  return found.flat().filter((uri) => `/${uri.path}`.endsWith(`/${ending}`));
}

async function existing(uris: readonly Uri[]): Promise<readonly Uri[]> {
  const kept = await Promise.all(uris.map(async (uri) => ((await isFile(uri)) ? [uri] : [])));
  return kept.flat();
}

async function isFile(uri: Uri): Promise<boolean> {
  try {
    return (await workspace.fs.stat(uri)).type === FileType.File;
  } catch {
    return false;
  }
}
