// What the gate sees of a text that lies in no document: nothing changes under it, and no tool of the editor looks at it.

import type { FreezableEditor } from './frozen.ts';
import type { EditorView } from './gate.ts';

const VERSION = 1;

export const nowhere: EditorView = {
  getDocument: () => ({ version: VERSION, isDirty: false }),
  diagnostics: () => [],
  activeTools: () => new Set(),
  hasToolOnSave: () => false,
  mayPublish: () => false,
};

/** A text as a document that nobody opened. */
export function documentOf(
  text: string,
  languageId: string,
  uri: FreezableEditor['document']['uri'],
): FreezableEditor['document'] {
  return { uri, version: VERSION, languageId, isUntitled: true, encoding: 'utf8', getText: () => text };
}
