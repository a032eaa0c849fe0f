// Documents as the gate reads them, without an editor.

import type { Uri } from 'vscode';
import type { FreezableEditor } from '../../../extension/gate/frozen.ts';
import { endOfText, type TextRange } from '../../../shared/lint/range.ts';

/** A URI with just these parts. */
export function uriOf(path: string, scheme = 'file', fragment = ''): Uri {
  const text = `${scheme}://${path}${fragment && `#${fragment}`}`;
  const uri: Uri = {
    scheme,
    authority: '',
    path,
    query: '',
    fragment,
    fsPath: path,
    with: () => uri,
    toString: () => text,
    toJSON: () => text,
  };
  return uri;
}

/** An editor with a Python document and one selection, or several; what isn't said is usual. */
export function editorOn(
  text: string,
  selected: TextRange | readonly TextRange[],
  fields: Partial<FreezableEditor['document']> = {},
): FreezableEditor {
  const ranges = 'start' in selected ? [selected] : selected;
  return {
    document: {
      uri: uriOf('/home/ada/area.py'),
      version: 1,
      languageId: 'python',
      isUntitled: false,
      encoding: 'utf8',
      getText: () => text,
      ...fields,
    },
    selections: ranges.map(({ start, end }) => ({
      start,
      end,
      isEmpty: start.line === end.line && start.character === end.character,
    })),
  };
}

/** Where a part of a text lies in it: from the end of what precedes it to its own end. */
export function rangeOf(text: string, part: string): TextRange {
  const index = text.indexOf(part);
  if (index < 0) throw new Error(`not in the text: ${part}`);
  const start = endOfText({ line: 0, character: 0 }, text.slice(0, index));
  return { start, end: endOfText(start, part) };
}

export const nothing: TextRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
