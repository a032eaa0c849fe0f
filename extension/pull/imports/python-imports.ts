// The imports of a Python file: what each brings, and where another one belongs. Pure.

import { readPythonLines } from '../python-lines.ts';

/** One name that a file imports, and the statement that imports it alone. */
export interface ImportedName {
  readonly name: string;
  /** Such as `from pathlib import Path`. */
  readonly statement: string;
  /** Whether it is told from the file's own folder: `from .cart import total`. */
  readonly isRelative: boolean;
}

export interface Imports {
  readonly names: readonly ImportedName[];
  /** Whether something is imported by `*`: then any name may be there. */
  readonly hasStar: boolean;
}

/** Where a statement can be put: at the start of a line, from 0. */
export interface ImportPlace {
  readonly line: number;
  /** Whether a blank line has to part it from what is before or after. */
  readonly blankBefore: boolean;
  readonly blankAfter: boolean;
}

interface Statement {
  /** Its code in one line, without strings, comments and brackets. */
  readonly code: string;
  readonly isIndented: boolean;
  readonly isDocstring: boolean;
  /** The first line after it. */
  readonly end: number;
}

const LINE_END = /\r\n|\r|\n/;
const LITERAL_OR_COMMENT =
  /("""|''')(?:\\[\s\S]|(?!\1)[\s\S])*(?:\1|$)|"(?:\\.|[^"\\\r\n])*"?|'(?:\\.|[^'\\\r\n])*'?|#[^\r\n]*/g;
const BLANK_OR_COMMENT = /^\s*(?:#|$)/;
const DOCSTRING = /^[rRuU]?["']/;
const IMPORT = /^import (.+)$/;
const FROM = /^from (\.*) ?([\w.]*) ?import (.+)$/;
const CLAUSE = /^([\w.]+)(?: as (\w+))?$/;

/** All that a file imports, wherever in it. */
export function readImports(text: string): Imports {
  const imported = readStatements(text)
    .flatMap(({ code }) => code.split(';'))
    .map((code) => readImport(code.trim()))
    .filter((each) => each !== undefined);
  return { names: imported.flatMap(({ names }) => names), hasStar: imported.some(({ hasStar }) => hasStar) };
}

/** A text without what is in its strings and comments. */
export function codeOf(text: string): string {
  return text.replaceAll(LITERAL_OR_COMMENT, ' ');
}

/** After the imports at the beginning; where there is none, after the comments or the docstring there. */
export function importPlace(text: string): ImportPlace {
  const lines = text.split(LINE_END);
  const statements = readStatements(text);
  const docstring = statements[0]?.isDocstring ? statements[0] : undefined;
  const others = docstring ? statements.slice(1) : statements;
  const firstOther = others.findIndex(
    ({ code, isIndented }) => isIndented || !readImport(code.split(';')[0] ?? ''),
  );
  const lastImport = others.slice(0, firstOther === -1 ? others.length : firstOther).at(-1);
  const line = lastImport?.end ?? docstring?.end ?? lines.findIndex((each) => !each.startsWith('#'));
  const isFilled = (at: number): boolean => (lines[at] ?? '').trim() !== '';
  return { line, blankBefore: !lastImport && isFilled(line - 1), blankAfter: isFilled(line) };
}

function readStatements(text: string): Statement[] {
  const lines = text.split(LINE_END);
  const kinds = readPythonLines(lines);
  const starts = lines.flatMap((line, index) =>
    kinds[index]?.kind === 'statement' && !BLANK_OR_COMMENT.test(line) ? [index] : [],
  );
  return starts.map((start) => {
    let end = start + 1;
    while (end < lines.length && kinds[end]?.kind !== 'statement') end += 1;
    const [first = ''] = lines.slice(start);
    const code = codeOf(lines.slice(start, end).join('\n'));
    return {
      code: code.replaceAll(/[()\\\s]+/g, ' ').trim(),
      isIndented: /^\s/.test(first),
      isDocstring: start === starts[0] && DOCSTRING.test(first),
      end,
    };
  });
}

function readImport(code: string): Imports | undefined {
  const [, modules] = IMPORT.exec(code) ?? [];
  if (modules !== undefined) {
    const names = clausesOf(modules).map(({ imported, alias }) => ({
      // Of `a.b`, it is `a` that is bound.
      name: alias ?? imported.replace(/\..*/, ''),
      statement: `import ${written(imported, alias)}`,
      isRelative: false,
    }));
    return { names, hasStar: false };
  }
  const [, dots = '', module = '', members] = FROM.exec(code) ?? [];
  if (members === undefined) return undefined;
  const names = clausesOf(members).map(({ imported, alias }) => ({
    name: alias ?? imported,
    statement: `from ${dots}${module} import ${written(imported, alias)}`,
    isRelative: dots !== '',
  }));
  return { names, hasStar: members.trim() === '*' };
}

function clausesOf(list: string): { readonly imported: string; readonly alias: string | undefined }[] {
  return list.split(',').flatMap((clause) => {
    const [, imported, alias] = CLAUSE.exec(clause.trim()) ?? [];
    return imported === undefined ? [] : [{ imported, alias }];
  });
}

function written(imported: string, alias: string | undefined): string {
  return alias === undefined ? imported : `${imported} as ${alias}`;
}
