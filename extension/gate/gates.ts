// The two gates of a window: one for what lies in a document, which hears all of the editor's tools, and one for a text
// that lies in none.

import type { Extension } from 'vscode';
import { createEditorView } from './editor-view.ts';
import { createGate, type Gate, type GateDeps } from './gate.ts';
import { nowhere } from './nowhere.ts';

export interface Gates {
  readonly inEditor: Gate;
  readonly alone: Gate;
}

/** @param parts `self` is pybin's own extension: nobody waits for its diagnostics */
export function createGates(parts: Omit<GateDeps, 'editor'> & { readonly self: Extension<unknown> }): Gates {
  const { self, linters, clock } = parts;
  return {
    inEditor: createGate({ ...parts, editor: createEditorView(self, clock) }),
    alone: createGate({
      ...parts,
      linters: { ...linters, getProjectRuff: async () => undefined },
      editor: nowhere,
      problems: { show: () => {} },
    }),
  };
}
