// What the gate sees of VS Code: open documents, their diagnostics as plain data, and which tools are there.

import * as vscode from 'vscode';
import type { RawFinding } from '../../shared/lint/finding.ts';
import { getTool, type Tool, type ToolId, tools } from '../../shared/lint/tools.ts';
import type { DiagnosticsClock } from './diagnostics-clock.ts';
import { plainRange } from './frozen.ts';
import type { EditorView } from './gate.ts';
import { PYTHON } from './own-check.ts';

/** @param self pybin's own extension: nobody waits for its diagnostics */
export function createEditorView(self: vscode.Extension<unknown>, clock: DiagnosticsClock): EditorView {
  const seesOneOfTwoHosts =
    vscode.env.remoteName !== undefined && self.extensionKind === vscode.ExtensionKind.UI;
  return {
    getDocument(uri) {
      const key = uri.toString();
      return vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
    },
    diagnostics: (uri) =>
      vscode.languages.getDiagnostics(uri).map((diagnostic) => ({
        ...readDiagnostic(diagnostic),
        isOutdated: clock.isOutdated(
          uri.toString(),
          diagnostic,
          isOfToolOnSave(diagnostic) ? 'on-save' : 'on-type',
        ),
      })),
    activeTools: (uri) => new Set(activeTools(uri).map(({ id }): ToolId => id)),
    hasToolOnSave: (uri) =>
      activeTools(uri).some(({ runs }) => runs === 'on-save') ||
      vscode.languages.getDiagnostics(uri).some(isOfToolOnSave),
    // Python has no diagnostics but those of extensions that somebody installed; other languages have built-in
    // ones. Beside a remote machine, its extensions can't be seen from here.
    mayPublish: (languageId) =>
      languageId !== PYTHON ||
      seesOneOfTwoHosts ||
      vscode.extensions.all.some((extension) => extension.id !== self.id && !isBuiltIn(extension)),
  };
}

function activeTools(uri: vscode.Uri): Tool[] {
  return tools.filter(
    (tool) =>
      tool.extensions.some((id) => vscode.extensions.getExtension(id)?.isActive === true) &&
      !isSwitchedOff(tool, uri),
  );
}

function isOfToolOnSave({ source }: vscode.Diagnostic): boolean {
  return getTool(source)?.runs === 'on-save';
}

function isSwitchedOff(tool: Tool, uri: vscode.Uri): boolean {
  const configuration = vscode.workspace.getConfiguration(undefined, uri);
  return tool.off.some(({ setting, values }) => values.includes(configuration.get<unknown>(setting)));
}

function isBuiltIn({ packageJSON }: vscode.Extension<unknown>): boolean {
  const manifest: unknown = packageJSON;
  return (
    typeof manifest === 'object' &&
    manifest !== null &&
    'isBuiltin' in manifest &&
    manifest.isBuiltin === true
  );
}

function readDiagnostic({ source, code, message, severity, range }: vscode.Diagnostic): RawFinding {
  return { source, code, message, severity: readSeverity(severity), range: plainRange(range) };
}

function readSeverity(severity: vscode.DiagnosticSeverity): RawFinding['severity'] {
  switch (severity) {
    case vscode.DiagnosticSeverity.Error:
      return 'error';
    case vscode.DiagnosticSeverity.Warning:
      return 'warning';
    case vscode.DiagnosticSeverity.Information:
      return 'note';
    case vscode.DiagnosticSeverity.Hint:
      return 'hint';
    default:
      return severity satisfies never;
  }
}
