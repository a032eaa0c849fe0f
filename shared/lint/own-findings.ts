// Ruff's diagnostics as findings in the documents, and its fixes as edits of them.
// Pure. What a layout of its own made of a piece comes back to where the piece lies.

import { classify } from './classes.ts';
import type { TextEdit } from './edits.ts';
import type { Finding } from './finding.ts';
import type { TextRange } from './range.ts';
import type { RuffDiagnostic } from './ruff.ts';
import { type Layout, placeOf, placeWithin } from './selection.ts';

/** How Ruff signs where pybin runs it: its findings read like those of the editor's. */
export const ownTool = 'Ruff';

/** A finding in the document of one of the pieces that were laid out. */
export interface PieceFinding {
  readonly piece: number;
  readonly finding: Finding;
}

export function readOwnFindings(diagnostics: readonly RuffDiagnostic[], layout: Layout): PieceFinding[] {
  return diagnostics.flatMap((diagnostic) => {
    const place = placeOf(layout, diagnostic.start, diagnostic.end);
    return place ? [{ piece: place.piece, finding: readOwnFinding(diagnostic, place.range) }] : [];
  });
}

function readOwnFinding({ code, message, edits }: RuffDiagnostic, range: TextRange): Finding {
  // It gives no severity that means something: whatever the table doesn't name is no more than a warning.
  // Without a code, it is its parser that speaks.
  const severity = code === null ? 'error' : 'warning';
  const findingClass = classify({ source: ownTool, code, severity });
  return {
    tool: ownTool,
    code: code ?? '',
    message,
    class: findingClass,
    severity: findingClass === 'style' ? 'warning' : 'error',
    range,
    origin: 'own',
    fix: edits.length > 0 ? 'sure' : 'none',
  };
}

/** An edit of the document of one of the pieces that were laid out. */
export interface PieceEdit {
  readonly piece: number;
  readonly edit: TextEdit;
}

/** The fixes that lie within a piece, each as a whole or not at all. */
export function readOwnFixes(diagnostics: readonly RuffDiagnostic[], layout: Layout): PieceEdit[] {
  return diagnostics.flatMap((diagnostic) => {
    const edits = diagnostic.edits.map(({ start, end, content }) => {
      const place = placeWithin(layout, start, end);
      return place && { piece: place.piece, edit: { range: place.range, newText: content } };
    });
    return edits.every((edit) => edit !== undefined) ? edits : [];
  });
}
