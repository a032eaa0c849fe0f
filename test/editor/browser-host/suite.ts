// Runs inside the extension host of a browser: the same extension, without a process, a disk or a Python beside it.
// Bundled to one file, as VS Code loads suites there, with the run's edge and user written into it.

import * as vscode from 'vscode';
import type { TestAccess } from '../../../extension/extension.ts';
import type { Pulled } from '../../../extension/pull/pull.ts';
import type { Pushed } from '../../../extension/push/run.ts';
import { type BrowserHostResult, resultMark } from './result.ts';

/** What the run gives: replaced when this is bundled. */
declare const PYBIN_RUN: { readonly endpoint: string; readonly userId: string; readonly key: string };

/** Runs one test after the other. mocha needs a page, which a worker has not. */
export async function run(): Promise<void> {
  let passed = 0;
  const failures: string[] = [];
  const access = await signIn();
  for (const [name, test] of tests)
    try {
      await test(access);
      passed++;
    } catch (error) {
      failures.push(`${name}: ${describeError(error)}`);
    }
  console.log(resultMark + JSON.stringify({ passed, failures } satisfies BrowserHostResult));
}

async function signIn(): Promise<TestAccess> {
  const settings = vscode.workspace.getConfiguration('pybin');
  await settings.update('endpoint', PYBIN_RUN.endpoint, vscode.ConfigurationTarget.Global);
  const access = await vscode.extensions.getExtension<TestAccess>('pybin.pybin')?.activate();
  if (!access) throw new Error('the extension gives tests no access');
  const signedIn = await access.session.signIn(PYBIN_RUN.key);
  if (!signedIn.ok) throw new Error(signedIn.problem.detail);
  expectEqual(signedIn.value.userId, PYBIN_RUN.userId);
  return access;
}

const pushedText = 'def f():\n    return "ü 🐍"\n';

const tests: readonly (readonly [name: string, test: (access: TestAccess) => Promise<void>])[] = [
  [
    'there is no process',
    async () => {
      expectEqual('importScripts' in globalThis, true);
    },
  ],
  [
    'a name that is nowhere defined blocks a push: the bundled Ruff says so',
    async () => {
      await open('print(np)\n');
      const pushed = await push();
      if (pushed.kind !== 'blocked') throw new Error(JSON.stringify(pushed));
      expectEqual(
        pushed.findings.map(({ code, message }) => `${code} ${message}`).join(),
        'F821 Undefined name `np`',
      );
      expectEqual(await countSnippets(), 0);
    },
  ],
  [
    'a text that no parser gets through is not taken for a clean one',
    async () => {
      await open(`x = ${'['.repeat(3000)}${']'.repeat(3000)}\n`);
      expectEqual((await push()).kind, 'unchecked');
    },
  ],
  [
    'a clean text is pushed byte by byte',
    async () => {
      await open(pushedText);
      const pushed = await push();
      if (pushed.kind !== 'pushed') throw new Error(JSON.stringify(pushed));
      expectEqual(await readPublic(), pushedText);
      expectEqual(await vscode.env.clipboard.readText(), pushed.snippet.address);
    },
  ],
  [
    'what was pushed is pulled at the cursor',
    async () => {
      const editor = await open('');
      const pulled = await vscode.commands.executeCommand<Pulled>('pybin.pullLatest');
      expectEqual(pulled.kind, 'inserted');
      expectEqual(editor.document.getText(), pushedText);
    },
  ],
  [
    'what is pushed elsewhere is heard of as it happens',
    async ({ stack }) => {
      const heard = Promise.withResolvers<void>();
      const subscription = stack.onDidChange(() => {
        if (JSON.stringify(stack.state).includes('from_elsewhere')) heard.resolve();
      });
      await fetch(`${PYBIN_RUN.endpoint}/pybin.v1.SnippetService/CreateSnippet`, {
        method: 'POST',
        headers: { authorization: `Bearer ${PYBIN_RUN.key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ text: 'from_elsewhere = 1\n' }),
      });
      await heard.promise;
      subscription.dispose();
    },
  ],
];

async function open(content: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ content, language: 'python' }),
  );
}

async function push(): Promise<Pushed> {
  return vscode.commands.executeCommand<Pushed>('pybin.push');
}

/** The text that anybody gets at the user's address. */
async function readPublic(): Promise<string> {
  const answer = await fetch(`${PYBIN_RUN.endpoint}/raw/~${PYBIN_RUN.userId}`);
  return answer.text();
}

async function countSnippets(): Promise<number> {
  const headers = { authorization: `Bearer ${PYBIN_RUN.key}` };
  const answer = await fetch(`${PYBIN_RUN.endpoint}/v1/snippets`, { headers });
  const { snippets }: { snippets: unknown[] } = await answer.json();
  return snippets.length;
}

function expectEqual(actual: unknown, expected: unknown): void {
  if (actual !== expected)
    throw new Error(`${JSON.stringify(actual)} in place of ${JSON.stringify(expected)}`);
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? String(error)) : String(error);
}
