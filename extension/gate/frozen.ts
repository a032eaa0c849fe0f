// What will be pushed, fixed at the moment of asking: its text, the parts it is made of, and their documents.
// Whatever happens in the editor from here on, this is what is checked and this is what is sent.

import type { TextDocument, Uri } from 'vscode';
import { baseName } from '../base-name.ts';
import { isNamed } from '../documents/snippet-address.ts';
import { limits } from '../../shared/limits.ts';
import {
  comparePositions,
  endOfText,
  type Position,
  textIn,
  type TextRange,
} from '../../shared/lint/range.ts';
import { indentBefore, joinTexts, type Piece } from '../../shared/lint/selection.ts';

export interface FrozenPush {
  /** The document or the notebook that it is from. */
  readonly uri: Uri;
  readonly languageId: string;
  /** The name of the file without its folders; empty where it is from no file, or the name can't be said. */
  readonly fileName: string;
  /** Exactly what will be pushed: the documents' own line ends, and the BOM of a whole file that has one. */
  readonly text: string;
  /** In the order of the text, at least one, none over another. */
  readonly parts: readonly FrozenPart[];
  /** What is pushed of the document or the notebook. */
  readonly extent: Extent;
  /** Where the names of the text may be defined. */
  readonly around: Around;
}

export type Extent =
  /** All of it, as there is nothing selected. */
  | 'whole'
  /** What is selected in a document, or the selected cells of a notebook. */
  | 'selected';

export type Around =
  | { readonly kind: 'document' }
  /** In other files too, or further down: a stub. */
  | { readonly kind: 'elsewhere' }
  /** In any cell; undefined: nobody knows which ones there are. */
  | { readonly kind: 'notebook'; readonly cells: readonly FrozenDocument[] | undefined };

/** A document as it was, without the BOM. */
export interface FrozenDocument {
  readonly uri: Uri;
  readonly version: number;
  readonly text: string;
  /** Which cell of its notebook it is, from 1; undefined where it is none. */
  readonly cell: number | undefined;
}

/** A part of the pushed text, as the document counts it: without the BOM. */
export interface FrozenPart extends Piece {
  readonly document: FrozenDocument;
  /** All of its document. */
  readonly isWhole: boolean;
  /** The line of the pushed text, from 0, that it begins. */
  readonly firstLine: number;
}

const BOM = '\uFEFF';
const NOTEBOOK_CELL = 'vscode-notebook-cell';
// What isn't a name on some system, or can't be shown: such a name is left out, its text isn't.
const UNSPEAKABLE = /[\\\p{Cc}\u2028\u2029]/u;

export type FreezableDocument = Pick<
  TextDocument,
  'uri' | 'version' | 'languageId' | 'isUntitled' | 'encoding' | 'getText'
>;

/** What is read of an editor. */
export interface FreezableEditor {
  readonly document: FreezableDocument;
  readonly selections: readonly (TextRange & { readonly isEmpty: boolean })[];
}

/** What is read of a notebook. */
export interface FreezableNotebook {
  readonly uri: Uri;
  /** All of its cells, in order. */
  readonly cells: readonly FreezableCell[];
}

export interface FreezableCell {
  readonly isCode: boolean;
  readonly document: FreezableDocument;
}

/**
 * What is selected in an editor, in the order of the document, or the whole document where nothing is.
 * @param notebook the one whose cell the document is
 */
export function freeze({ document, selections }: FreezableEditor, notebook?: FreezableNotebook): FrozenPush {
  const whole = frozenDocument(document, notebook);
  const selected = selections
    .filter(({ isEmpty }) => !isEmpty)
    .map(plainRange)
    .toSorted((a, b) => comparePositions(a.start, b.start));
  const parts = selected.length === 0 ? [wholePiece(whole)] : selected.map((range) => pieceAt(whole, range));
  const isWholeFile = selected.length === 0 && document.encoding === 'utf8bom';
  return {
    uri: document.uri,
    languageId: document.languageId,
    fileName: fileNameOf(document),
    ...joined(parts, isWholeFile ? BOM : ''),
    extent: selected.length === 0 ? 'whole' : 'selected',
    around: aroundOf(document, notebook),
  };
}

/**
 * The code of a notebook: that of the given cells, or of all. Its language is the first cell's; what is
 * in another one is left out.
 */
export function freezeNotebook(
  notebook: FreezableNotebook,
  chosen: readonly FreezableDocument[] = [],
): FrozenPush {
  const cells = chosen.length > 0 ? chosen : codeOf(notebook);
  const languageId = cells[0]?.languageId ?? '';
  return {
    uri: notebook.uri,
    languageId,
    // What is pushed of a notebook is none.
    fileName: '',
    ...joined(
      cells
        .filter((cell) => cell.languageId === languageId)
        .map((cell) => wholePiece(frozenDocument(cell, notebook))),
      '',
    ),
    extent: chosen.length > 0 ? 'selected' : 'whole',
    around: { kind: 'notebook', cells: cellsOf(notebook, languageId) },
  };
}

/** The documents that parts of the text are from, each once. */
export function documentsOf({ parts }: FrozenPush): FrozenDocument[] {
  return [...new Set(parts.map(({ document }) => document))];
}

/** Where a line of the pushed text is in the document that it is from. Both lines are counted from 0. */
export function placeOfLine(
  { parts }: Pick<FrozenPush, 'parts'>,
  line: number,
): { readonly document: FrozenDocument; readonly line: number } | undefined {
  const part = parts.findLast(({ firstLine }) => firstLine <= line);
  return part && { document: part.document, line: part.range.start.line + line - part.firstLine };
}

type UnplacedPart = Omit<FrozenPart, 'firstLine'>;

function joined(parts: readonly UnplacedPart[], before: string): Pick<FrozenPush, 'text' | 'parts'> {
  const filled = parts.filter(({ text }, index) => text !== '' || index === 0);
  const lineEnd = filled.some(({ document }) => document.text.includes('\r\n')) ? '\r\n' : '\n';
  let firstLine = 0;
  return {
    text:
      before +
      joinTexts(
        filled.map(({ text }) => text),
        lineEnd,
      ),
    parts: filled.map((part) => {
      const placed = { ...part, firstLine };
      firstLine += lineCount(part.text);
      return placed;
    }),
  };
}

/** The lines that a part fills, its last one ended or not. */
function lineCount(text: string): number {
  const { line, character } = endOfText(START, text);
  return character === 0 ? line : line + 1;
}

const START: Position = { line: 0, character: 0 };

function wholePiece(document: FrozenDocument): UnplacedPart {
  const { text } = document;
  return { document, text, range: { start: START, end: endOfText(START, text) }, indent: '', isWhole: true };
}

function pieceAt(document: FrozenDocument, { start, end }: TextRange): UnplacedPart {
  const text = textIn(document.text, { start, end });
  const before = textIn(document.text, { start: { ...start, character: 0 }, end: start });
  return {
    document,
    text,
    range: { start, end: endOfText(start, text) },
    indent: indentBefore(before),
    isWhole: text === document.text,
  };
}

function frozenDocument(
  document: FreezableDocument,
  notebook: FreezableNotebook | undefined,
): FrozenDocument {
  const { uri, version } = document;
  const key = uri.toString();
  const index = notebook?.cells.findIndex((cell) => cell.document.uri.toString() === key) ?? -1;
  return { uri, version, text: document.getText(), cell: index < 0 ? undefined : index + 1 };
}

function aroundOf(document: FreezableDocument, notebook?: FreezableNotebook): Around {
  if (document.uri.scheme === NOTEBOOK_CELL)
    return { kind: 'notebook', cells: notebook && cellsOf(notebook, document.languageId) };
  return { kind: document.uri.path.endsWith('.pyi') ? 'elsewhere' : 'document' };
}

function cellsOf(notebook: FreezableNotebook, languageId: string): FrozenDocument[] {
  return codeOf(notebook)
    .filter((cell) => cell.languageId === languageId)
    .map((cell) => frozenDocument(cell, notebook));
}

function codeOf({ cells }: FreezableNotebook): FreezableDocument[] {
  return cells.filter(({ isCode }) => isCode).map(({ document }) => document);
}

function fileNameOf({ uri, isUntitled }: FreezableDocument): string {
  if (isUntitled || uri.scheme === NOTEBOOK_CELL || !isNamed(uri)) return '';
  const name = baseName(uri);
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
