// A folder of files, as far as the queue needs one: the editor's own, so that a browser has it too.

import { FileSystemError, FileType, Uri, workspace } from 'vscode';

export interface Folder {
  /** The files' names; none where the folder isn't there yet. */
  list(): Promise<string[]>;
  /** Undefined where the file isn't there any more. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Makes the folder where there is none. A crash may leave a part of the file. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Gives a file another name, at once or not at all; `false` where it isn't there any more. */
  rename(name: string, newName: string): Promise<boolean>;
  /** One that is gone already is no matter. */
  delete(name: string): Promise<void>;
}

export function folderAt(folder: Uri): Folder {
  const uriOf = (name: string): Uri => Uri.joinPath(folder, name);
  return {
    list: async () => {
      const entries = await unlessMissing(workspace.fs.readDirectory(folder));
      return (entries ?? []).filter(([, type]) => type === FileType.File).map(([name]) => name);
    },
    read: async (name) => unlessMissing(workspace.fs.readFile(uriOf(name))),
    write: async (name, bytes) => {
      await workspace.fs.createDirectory(folder);
      await workspace.fs.writeFile(uriOf(name), bytes);
    },
    rename: async (name, newName) => {
      const done = workspace.fs.rename(uriOf(name), uriOf(newName), { overwrite: false });
      return (await unlessMissing(done.then(() => true))) ?? false;
    },
    delete: async (name) => {
      await unlessMissing(workspace.fs.delete(uriOf(name), { useTrash: false }));
    },
  };
}

async function unlessMissing<Value>(work: Thenable<Value>): Promise<Value | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}
