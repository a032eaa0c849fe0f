// A linter as editors meet them: an extension of its own with a collection of its own, that looks at whatever is
// opened, edited or saved, and takes its time. What it is looking for, a test says.

import * as vscode from 'vscode';
import { type FakeLinter, startCommand, stopCommand } from './linter.ts';

export function activate({ subscriptions }: vscode.ExtensionContext): void {
  const running: RunningLinter[] = [];
  subscriptions.push(
    vscode.commands.registerCommand(startCommand, async (linter: FakeLinter) => {
      const started = new RunningLinter(linter);
      running.push(started);
      await started.lintAll();
    }),
    vscode.commands.registerCommand(stopCommand, () => {
      for (const linter of running.splice(0)) linter.dispose();
    }),
  );
}

class RunningLinter implements vscode.Disposable {
  readonly #linter: FakeLinter;
  readonly #collection: vscode.DiagnosticCollection;
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(linter: FakeLinter) {
    this.#linter = linter;
    this.#collection = vscode.languages.createDiagnosticCollection(linter.source);
    this.#subscriptions = [
      this.#collection,
      vscode.workspace.onDidOpenTextDocument((document) => void this.#lint(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#collection.delete(uri)),
      linter.runs === 'on-save'
        ? vscode.workspace.onDidSaveTextDocument((document) => void this.#lint(document))
        : vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
            if (contentChanges.length > 0) void this.#lint(document);
          }),
    ];
  }

  async lintAll(): Promise<void> {
    await Promise.all(vscode.workspace.textDocuments.map((document) => this.#lint(document)));
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Looks at the text as it is now, and says later what it saw: of a saved text, also when that was edited since. */
  async #lint(document: vscode.TextDocument): Promise<void> {
    const { uri, version } = document;
    const found = findAll(document, this.#linter);
    if (this.#linter.repeatsItself) {
      await this.#pass(this.#linter.takesMs / 2);
      this.#collection.set(uri, [...(this.#collection.get(uri) ?? [])]);
      await this.#pass(this.#linter.takesMs / 2);
    } else await this.#pass(this.#linter.takesMs);
    const isOvertaken = this.#linter.runs === 'on-type' && document.version !== version;
    if (!document.isClosed && !isOvertaken) this.#collection.set(uri, found);
  }

  async #pass(ms: number): Promise<void> {
    if (ms === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        resolve();
      }, ms);
      this.#timers.add(timer);
    });
  }
}

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
} as const;

function findAll(
  document: vscode.TextDocument,
  { source, finds, code, severity }: FakeLinter,
): vscode.Diagnostic[] {
  const text = document.getText();
  const found: vscode.Diagnostic[] = [];
  for (let at = text.indexOf(finds); at >= 0; at = text.indexOf(finds, at + finds.length)) {
    const range = new vscode.Range(document.positionAt(at), document.positionAt(at + finds.length));
    const diagnostic = new vscode.Diagnostic(range, `${source} says \`${finds}\``, severities[severity]);
    diagnostic.source = source;
    if (typeof code === 'object') diagnostic.code = { ...code, target: vscode.Uri.parse(code.target) };
    else if (code !== undefined) diagnostic.code = code;
    found.push(diagnostic);
  }
  return found;
}
