// Which line of a text says most of what it is: the one worth a search. Pure.

import { readPythonLines } from '../pull/python-lines.ts';

const LINE_END = /\r\n|\r|\n/;
const COMMENT = /^(?:#|\/\/|\/\*|\*|--|;|%|<!--|'''|""")/;
/** What brings names in says nothing of what is done with them. */
const IMPORT =
  /^(?:import\b|from\s+\S+\s+import\b|export\s+.*\bfrom\b|#include\b|use\s|using\s|package\s|require\b|(?:const|let|var)\s.*\brequire\s*\()/;
const IDENTIFIER = /[\p{L}_][\p{L}\p{N}_]*/gu;
/** Shorter names are anybody's. */
const TELLING_CHARACTERS = 3;
/** So much of a name counts: one that is very long says no more than two that are long. */
const COUNTED_CHARACTERS = 20;

/** Words that every program has. */
const COMMON = new Set(
  (
    'and any args as assert async await bool break case catch cls const continue def del dict do elif else end enum ' +
    'except export extends False false finally float fn for from func function global if impl import in int interface ' +
    'is lambda len let list match mut new nil None nonlocal not null object or pass print private public pub raise ' +
    'range return self set static str string struct super switch this throw True true try tuple type undefined use ' +
    'var void while with yield kwargs'
  ).split(' '),
);

/** The line with the most and longest names of its own, without its indentation; the first of several. */
export function getTellingLine(text: string, language: string): string | undefined {
  const lines = text.split(LINE_END);
  const kinds = language === 'python' ? readPythonLines(lines) : [];
  let best: { readonly line: string; readonly score: number } | undefined;
  for (const [index, each] of lines.entries()) {
    const kind = kinds[index]?.kind;
    const line = each.trim();
    if (kind === 'string' || kind === 'docstring' || COMMENT.test(line) || IMPORT.test(line)) continue;
    const score = scoreOf(line);
    if (score > (best?.score ?? 0)) best = { line, score };
  }
  return best?.line;
}

/** How much a piece of code says: the lengths of its different names, but for common ones. */
export function scoreOf(code: string): number {
  const names = new Set(code.match(IDENTIFIER) ?? []);
  let score = 0;
  for (const name of names)
    if (name.length >= TELLING_CHARACTERS && !COMMON.has(name))
      score += Math.min(name.length, COUNTED_CHARACTERS);
  return score;
}
