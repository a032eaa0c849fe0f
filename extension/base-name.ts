// A file's name without its folders. Pure: a URI's path has slashes on every system.

import type { Uri } from 'vscode';

export function baseName({ path }: Pick<Uri, 'path'>): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
