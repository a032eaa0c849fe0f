// The findings that only the bundled Ruff has, shown in Problems, so that "Show Problems" has something to show.
// They leave with the first edit: from then on they are of another text.

import { Diagnostic, DiagnosticSeverity, type Disposable, languages, Range, type Uri } from 'vscode';
import { type Finding, ownSource } from '../../shared/lint/finding.ts';

export interface Problems {
  /** Shows these in place of what was shown of the document. */
  show(uri: Uri, findings: readonly Finding[]): void;
}

export interface OwnProblems extends Problems, Disposable {
  clear(uri: Uri): void;
  /** Did the document's diagnostics change by pybin's own hand alone, since this was last asked? */
  changedAlone(uri: Uri): boolean;
  /** What everybody else says of the document. */
  ofOthers(uri: Uri): readonly Diagnostic[];
}

export function createProblems(): OwnProblems {
  const collection = languages.createDiagnosticCollection(ownSource);
  // What the other tools showed when the collection was last changed, until that change is heard of.
  const unheard = new Map<string, string>();

  function set(uri: Uri, diagnostics: readonly Diagnostic[]): void {
    if (diagnostics.length === 0 && !collection.has(uri)) return;
    unheard.set(uri.toString(), JSON.stringify(ofOthers(uri)));
    if (diagnostics.length === 0) collection.delete(uri);
    else collection.set(uri, diagnostics);
  }

  return {
    show: (uri, findings) => set(uri, findings.map(diagnosticOf)),
    clear: (uri) => set(uri, []),
    changedAlone(uri) {
      const before = unheard.get(uri.toString());
      unheard.delete(uri.toString());
      return before !== undefined && before === JSON.stringify(ofOthers(uri));
    },
    ofOthers,
    dispose: () => collection.dispose(),
  };
}

function ofOthers(uri: Uri): Diagnostic[] {
  return languages.getDiagnostics(uri).filter(({ source }) => source !== ownSource);
}

function diagnosticOf({ code, message, range: { start, end } }: Finding): Diagnostic {
  const range = new Range(start.line, start.character, end.line, end.character);
  const diagnostic = new Diagnostic(range, message, DiagnosticSeverity.Error);
  diagnostic.source = ownSource;
  if (code !== '') diagnostic.code = code;
  return diagnostic;
}
