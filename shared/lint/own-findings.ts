// The bundled Ruff's diagnostics as findings in the document, and its fixes as edits of the document.
// Pure. What a layout of its own made of a piece comes back to where the piece lies.

import { classify } from './classes.ts';
import type { TextEdit } from './edits.ts';
import type { Finding } from './finding.ts';
import { contains } from './range.ts';
import type { RuffDiagnostic } from './ruff.ts';
import { type Layout, positionInDocument, rangeInDocument } from './selection.ts';

/** How the bundled Ruff signs: its findings read like those of the editor's. */
const ownTool = 'Ruff';

export function readOwnFindings(diagnostics: readonly RuffDiagnostic[], layout: Layout): Finding[] {
  return diagnostics.map((diagnostic) => readOwnFinding(diagnostic, layout));
}

function readOwnFinding({ code, message, start, end }: RuffDiagnostic, layout: Layout): Finding {
  // It gives no severity: whatever the table doesn't name is no more than a warning. Without a code, it
  // is its parser that speaks.
  const severity = code === null ? 'error' : 'warning';
  const findingClass = classify({ source: ownTool, code, severity });
  return {
    tool: ownTool,
    code: code ?? '',
    message,
    class: findingClass,
    severity: findingClass === 'style' ? 'warning' : 'error',
    range: rangeInDocument(layout, start, end),
    origin: 'bundled',
  };
}

/** The fixes that lie within the piece, each as a whole or not at all. */
export function readOwnFixes(diagnostics: readonly RuffDiagnostic[], layout: Layout): TextEdit[] {
  return diagnostics.flatMap((diagnostic) => {
    const edits = diagnostic.edits.map(({ start, end, content }) => ({
      range: { start: positionInDocument(layout, start), end: positionInDocument(layout, end) },
      newText: content,
    }));
    return edits.every((edit) => contains(layout.range, edit.range)) ? edits : [];
  });
}
