// What the editor's own Git knows of the opened repositories, where it is there and switched on. Without it, as in a
// browser, nothing is known: nobody may depend on it.

import { type Event, extensions, type Uri } from 'vscode';
import { limits } from '../../../shared/limits.ts';
import { isCommit } from './repository.ts';

/** A repository that is open in this window. */
export interface Repository {
  readonly root: Uri;
  /** The addresses of its remotes. */
  readonly remotes: readonly string[];
  /** The commit that is checked out; empty where there is none yet. */
  readonly commit: string;
  /** A file as a commit has it; undefined where there is no such commit, or no such file in it. */
  show(commit: string, file: Uri): Promise<string | undefined>;
}

/** The part of the Git extension's API that is used (microsoft/vscode, extensions/git/src/api/git.d.ts). */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

interface GitApi {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: Event<unknown>;
  readonly repositories: readonly GitRepository[];
}

interface GitRepository {
  readonly rootUri: Uri;
  readonly state: {
    readonly HEAD?: { readonly commit?: string } | undefined;
    readonly remotes: readonly { readonly fetchUrl?: string; readonly pushUrl?: string }[];
  };
  show(ref: string, path: string): Promise<string>;
}

/** The repositories that are open; none where there is no Git. */
export async function getRepositories(): Promise<readonly Repository[]> {
  const extension = extensions.getExtension<GitExtension>('vscode.git');
  if (!extension) return [];
  try {
    const git = await extension.activate();
    // Switched off, it refuses to give its API.
    if (!git.enabled) return [];
    const api = git.getAPI(1);
    if (api.state !== 'initialized') await heard(api.onDidChangeState);
    return api.repositories.map(toRepository);
  } catch {
    return [];
  }
}

function toRepository(repository: GitRepository): Repository {
  return {
    root: repository.rootUri,
    remotes: repository.state.remotes
      .flatMap(({ fetchUrl, pushUrl }) => [fetchUrl, pushUrl])
      .filter((address) => address !== undefined),
    commit: repository.state.HEAD?.commit ?? '',
    show: async (commit, file) =>
      isCommit(commit) ? repository.show(commit, file.fsPath).catch(() => undefined) : undefined,
  };
}

/** Once it has begun to look, Git is not waited for longer than a person would. */
async function heard(event: Event<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const subscription = event(() => resolve());
  AbortSignal.timeout(limits.editor.gitStartMs).addEventListener('abort', () => resolve(), { once: true });
  await promise;
  subscription.dispose();
}
