// What the gate sees of VS Code: open documents, their diagnostics as plain data, and which tools are there.

import {
  type Diagnostic,
  DiagnosticSeverity,
  env,
  type Extension,
  ExtensionKind,
  extensions,
  languages,
  type Uri,
  workspace,
} from 'vscode';
import type { RawFinding } from '../../shared/lint/finding.ts';
import { getTool, type Tool, type ToolId, tools } from '../../shared/lint/tools.ts';
import type { DiagnosticsClock } from './diagnostics-clock.ts';
import { plainRange } from './frozen.ts';
import type { EditorView } from './gate.ts';
import { PYTHON } from './own-check.ts';

/** @param self pybin's own extension: nobody waits for its diagnostics */
export function createEditorView(self: Extension<unknown>, clock: DiagnosticsClock): EditorView {
  const seesOneOfTwoHosts = env.remoteName !== undefined && self.extensionKind === ExtensionKind.UI;
  return {
    getDocument(uri) {
      const key = uri.toString();
      return workspace.textDocuments.find((document) => document.uri.toString() === key);
    },
    diagnostics: (uri) =>
      languages.getDiagnostics(uri).map((diagnostic) => ({
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
      languages.getDiagnostics(uri).some(isOfToolOnSave),
    // Python has no diagnostics but those of extensions that somebody installed; other languages have built-in
    // ones. Beside a remote machine, its extensions can't be seen from here.
    mayPublish: (languageId) =>
      languageId !== PYTHON ||
      seesOneOfTwoHosts ||
      extensions.all.some((extension) => extension.id !== self.id && !isBuiltIn(extension)),
  };
}

function activeTools(uri: Uri): Tool[] {
  return tools.filter(
    (tool) =>
      tool.extensions.some((id) => extensions.getExtension(id)?.isActive === true) &&
      !isSwitchedOff(tool, uri),
  );
}

function isOfToolOnSave({ source }: Diagnostic): boolean {
  return getTool(source)?.runs === 'on-save';
}

function isSwitchedOff(tool: Tool, uri: Uri): boolean {
  const configuration = workspace.getConfiguration(undefined, uri);
  return tool.off.some(({ setting, values }) => values.includes(configuration.get<unknown>(setting)));
}

function isBuiltIn({ packageJSON }: Extension<unknown>): boolean {
  const manifest: unknown = packageJSON;
  return (
    typeof manifest === 'object' &&
    manifest !== null &&
    'isBuiltin' in manifest &&
    manifest.isBuiltin === true
  );
}

function readDiagnostic({ source, code, message, severity, range }: Diagnostic): RawFinding {
  return { source, code, message, severity: readSeverity(severity), range: plainRange(range) };
}

function readSeverity(severity: DiagnosticSeverity): RawFinding['severity'] {
  switch (severity) {
    case DiagnosticSeverity.Error:
      return 'error';
    case DiagnosticSeverity.Warning:
      return 'warning';
    case DiagnosticSeverity.Information:
      return 'note';
    case DiagnosticSeverity.Hint:
      return 'hint';
    default:
      return severity satisfies never;
  }
}
