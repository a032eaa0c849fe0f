// What the tests beside other extensions work with: linters that they begin, and what a push is told by them.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Pushed } from '../../../extension/push/run.ts';
import { type FakeLinter, startCommand, stopCommand } from './fake-linter/linter.ts';

/** Begins a linter of another extension; resolves when it has spoken of every open document. */
export async function startLinter(linter: Partial<FakeLinter> & Pick<FakeLinter, 'finds'>): Promise<void> {
  await vscode.commands.executeCommand(startCommand, {
    source: 'Ruff',
    severity: 'error',
    runs: 'on-type',
    takesMs: 0,
    repeatsItself: false,
    ...linter,
  } satisfies FakeLinter);
}

/** One that is quick to look and never finds anything: whoever waits for linters has heard of one. */
export async function startQuietLinter(): Promise<void> {
  await startLinter({ source: 'ty', finds: '\0', takesMs: 20 });
}

/** Ends all linters: nothing of what they said stays. */
export async function stopLinters(): Promise<void> {
  await vscode.commands.executeCommand(stopCommand);
}

/** What blocked a push: who says it, by which code. */
export function blockedBy(outcome: Pushed): string[] {
  if (outcome.kind !== 'blocked')
    throw new assert.AssertionError({ message: `not blocked: ${outcome.kind}` });
  return outcome.findings.map(({ tool, code }) => (code === '' ? tool : `${tool} ${code}`));
}

export function requirePushed(outcome: Pushed): Extract<Pushed, { kind: 'pushed' }> {
  if (outcome.kind === 'pushed') return outcome;
  const why = outcome.kind === 'blocked' ? `: ${blockedBy(outcome).join(', ')}` : '';
  throw new assert.AssertionError({ message: `not pushed, but ${outcome.kind}${why}` });
}

/** Resolves when the editor's diagnostics of a document are such. */
export async function diagnosed(
  { uri }: vscode.TextDocument,
  isIt: (diagnostics: readonly vscode.Diagnostic[]) => boolean,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void => {
    if (isIt(vscode.languages.getDiagnostics(uri))) resolve();
  };
  const changed = vscode.languages.onDidChangeDiagnostics(look);
  look();
  await promise;
  changed.dispose();
}
