// What will be pushed, fixed at the moment of asking: its text, its place and its document's version.
// Whatever happens in the editor from here on, this is what is checked and this is what is sent.

import type * as vscode from 'vscode';
import { limits } from '../../shared/limits.ts';
import { endOfText, type Position, textIn, type TextRange } from '../../shared/lint/range.ts';
import { indentBefore, type Piece } from '../../shared/lint/selection.ts';

export interface FrozenPush {
  readonly uri: vscode.Uri;
  readonly version: number;
  readonly languageId: string;
  /** The file's name without its folders; empty where the document is no file, or the name can't be said. */
  readonly fileName: string;
  /** Exactly what will be pushed: the document's own line ends, and the BOM of a whole file that has one. */
  readonly text: string;
  /** The text as the document counts it: without the BOM. */
  readonly lintText: string;
  /** Where `lintText` lies in the document. */
  readonly range: TextRange;
  readonly wholeFile: boolean;
  /** The blanks before the text on its first line, where nothing else precedes it; they are not pushed. */
  readonly indent: string;
  /** The whole document; undefined where its names may well be defined elsewhere: a notebook's cell, a stub. */
  readonly documentText: string | undefined;
  readonly isNotebookCell: boolean;
}

const BOM = '\uFEFF';
const NOTEBOOK_CELL = 'vscode-notebook-cell';
// What isn't a name on some system, or can't be shown: such a name is left out, its text isn't.
const UNSPEAKABLE = /[\\\p{Cc}\u2028\u2029]/u;

/** What is read of an editor. */
export interface FreezableEditor {
  readonly document: Pick<
    vscode.TextDocument,
    'uri' | 'version' | 'languageId' | 'isUntitled' | 'encoding' | 'getText'
  >;
  readonly selection: TextRange & { readonly isEmpty: boolean };
}

/** The editor's primary selection, or the whole file where nothing is selected. */
export function freeze({ document, selection }: FreezableEditor): FrozenPush {
  const wholeFile = selection.isEmpty;
  const documentText = document.getText();
  const lintText = wholeFile ? documentText : textIn(documentText, selection);
  const start = wholeFile ? { line: 0, character: 0 } : plain(selection.start);
  const before = textIn(documentText, { start: { ...start, character: 0 }, end: start });
  const isNotebookCell = document.uri.scheme === NOTEBOOK_CELL;
  return {
    uri: document.uri,
    version: document.version,
    languageId: document.languageId,
    fileName: fileNameOf(document),
    text: wholeFile && document.encoding === 'utf8bom' ? BOM + lintText : lintText,
    lintText,
    range: { start, end: endOfText(start, lintText) },
    wholeFile,
    indent: indentBefore(before),
    documentText: isNotebookCell || document.uri.path.endsWith('.pyi') ? undefined : documentText,
    isNotebookCell,
  };
}

/** The frozen text as a piece of its document. */
export function pieceOf({ lintText, range, indent }: FrozenPush): Piece {
  return { text: lintText, start: range.start, indent };
}

function fileNameOf({ uri, isUntitled }: FreezableEditor['document']): string {
  if (isUntitled || uri.scheme === NOTEBOOK_CELL) return '';
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const isFine = name.length <= limits.fileNameCharacters && !UNSPEAKABLE.test(name) && name.isWellFormed();
  return isFine ? name : '';
}

/** A range as plain data: an editor's own is an object with methods, equal to no other. */
export function plainRange({ start, end }: TextRange): TextRange {
  return { start: plain(start), end: plain(end) };
}

function plain({ line, character }: Position): Position {
  return { line, character };
}
