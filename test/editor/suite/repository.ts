// A repository of a real Git in the opened folder, which the editor's own Git has open.

import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { inWorkspace } from './desk.ts';

export interface TestRepository {
  /** What is checked out. */
  readonly commit: string;
  remove(): Promise<void>;
}

/** The part of the Git extension that is used here (microsoft/vscode, extensions/git/src/api/git.d.ts). */
interface GitExtension {
  readonly enabled: boolean;
  readonly onDidChangeEnablement: vscode.Event<boolean>;
  getAPI(version: 1): {
    readonly state: 'uninitialized' | 'initialized';
    readonly onDidChangeState: vscode.Event<unknown>;
    openRepository(root: vscode.Uri): Promise<OpenRepository | null>;
  };
}

interface OpenRepository {
  readonly state: {
    readonly HEAD?: { readonly commit?: string } | undefined;
    readonly onDidChange: vscode.Event<void>;
  };
}

/** Makes a folder with these files in one commit; resolves when the editor knows that commit. */
export async function makeRepository(
  folder: string,
  files: Readonly<Record<string, string>>,
  remote: string,
): Promise<TestRepository> {
  const root = inWorkspace(folder);
  for (const [file, text] of Object.entries(files)) {
    await fs.mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await fs.writeFile(path.join(root, file), text);
  }
  const git = (...parameters: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...parameters], {
      cwd: root,
      encoding: 'utf8',
    }).trim();
  git('init', '--quiet');
  git('remote', 'add', 'origin', remote);
  git('add', '.');
  git('commit', '--quiet', '--message', 'a shop');
  const commit = git('rev-parse', 'HEAD');

  const api = (await switchedOn()).getAPI(1);
  if (api.state !== 'initialized') await next(api.onDidChangeState);
  const repository = await api.openRepository(vscode.Uri.file(root));
  assert.ok(repository, 'the editor does not open the repository');
  while (repository.state.HEAD?.commit !== commit) await next(repository.state.onDidChange);
  return { commit, remove: () => fs.rm(root, { recursive: true }) };
}

/** The editor's own Git, which a fresh editor of these tests has switched off. */
async function switchedOn(): Promise<GitExtension> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  assert.ok(extension);
  const git = await extension.activate();
  const enabled = next(git.onDidChangeEnablement);
  await vscode.workspace.getConfiguration('git').update('enabled', true, vscode.ConfigurationTarget.Global);
  if (!git.enabled) await enabled;
  return git;
}

async function next(event: vscode.Event<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const subscription = event(() => resolve());
  await promise;
  subscription.dispose();
}
