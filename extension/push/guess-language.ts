// The language of a text that comes without one. Pure, and careful: a wrong guess would hold a text to rules that
// aren't its own, so what isn't sure is left open.

import { limits } from '../../shared/limits.ts';

const INTERPRETERS: readonly [RegExp, string][] = [
  [/^#!.*\bpython/, 'python'],
  [/^#!.*\b(?:ba|z|da|k)?sh\b/, 'shellscript'],
  [/^#!.*\b(?:node|deno|bun)\b/, 'javascript'],
];

/** Lines that Python has and most others don't. One kind alone may stand in any prose; two don't. */
const PYTHON_LINES: readonly RegExp[] = [
  /^[ \t]*(?:async )?def \w+\(/m,
  /^[ \t]*class \w+(?:\([^)\n]*\))?:[ \t]*(?:#.*)?$/m,
  /^[ \t]*from [\w.]+ import [\w(*]/m,
  /^[ \t]*import [a-z_][\w.]*(?: as \w+)?[ \t]*$/m,
  /^[ \t]*(?:if|elif|while|with|for|except|try|else|finally)\b[^;{\n]*:[ \t]*(?:#.*)?$/m,
  /^[ \t]*(?:return|yield|raise|assert|del|pass)\b[^;{\n]*$/m,
  /^[ \t]*[A-Za-z_][\w.]* [-+*/]?= [^;{\n]*$/m,
  /^[ \t]*print\(.*\)[ \t]*(?:#.*)?$/m,
  /^[ \t]*@[A-Za-z_][\w.]*(?:\(.*\))?[ \t]*$/m,
];
const KINDS_OF_PYTHON = 2;
/** Lines that Python hasn't. */
const NOT_PYTHON =
  /;[ \t]*$|^[ \t]*(?:function|const|let|var|public|private|package|#include|use|fn|func|end)\b|^[ \t]*[}{][ \t]*$/m;

/** A language id; empty where nothing is sure. */
export function guessLanguage(text: string): string {
  if (isJson(text)) return 'json';
  const begin = text.slice(0, limits.editor.guessCharacters);
  const interpreter = INTERPRETERS.find(([line]) => line.test(begin));
  if (interpreter) return interpreter[1];
  if (/^\s*(?:<!doctype html|<html[\s>])/i.test(begin)) return 'html';
  if (NOT_PYTHON.test(begin)) return '';
  return PYTHON_LINES.filter((line) => line.test(begin)).length >= KINDS_OF_PYTHON ? 'python' : '';
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
