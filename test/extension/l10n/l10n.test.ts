// Everything that people read is there in each language: the code's messages and the manifest's texts.

import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';

/** A message as the code writes it: always in single quotes, so that it can be found. */
const MESSAGE = /(?<![\w.])(?:(?:vscode\.)?l10n\.)?t\(\s*'((?:[^'\\\n]|\\.)*)'/g;
const UNFINDABLE = /(?<![\w.])(?:(?:vscode\.)?l10n\.)?t\(\s*[`"]/;

const sources = globSync('extension/**/*.ts').map((path) => readFileSync(path, 'utf8'));
const messages = new Set(
  sources.flatMap((source) => Array.from(source.matchAll(MESSAGE), ([, text = '']) => unquoted(text))),
);

function unquoted(text: string): string {
  return text.replaceAll(/\\(.)/g, '$1');
}

function read(path: string): Record<string, string> {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Everything of a text that is no language: places of values, links, icons. */
function fixedParts(text: string): string[] {
  return (text.match(/\{\d+\}|\]\([^)]+\)|\$\([\w-]+\)|`[^`]+`|\n/g) ?? []).toSorted();
}

function expectTranslated(texts: Record<string, string>, translations: Record<string, string>): void {
  expect(Object.keys(translations).toSorted()).toEqual(Object.keys(texts).toSorted());
  for (const [key, text] of Object.entries(texts))
    expect({ key, parts: fixedParts(translations[key] ?? '') }).toEqual({ key, parts: fixedParts(text) });
}

/** Of `bundle.l10n.de.json`, `de`. */
function languagesOf(pattern: string): (string | undefined)[] {
  return globSync(pattern).map((path) => basename(path).split('.').at(-2));
}

describe('the code', () => {
  it('has messages, each where it can be found', () => {
    expect(messages.size).toBeGreaterThan(300);
    expect(sources.filter((source) => UNFINDABLE.test(source))).toEqual([]);
  });

  it.each(globSync('extension/l10n/bundle.l10n.*.json'))('is translated whole by %s', (path) => {
    expectTranslated(Object.fromEntries(Array.from(messages, (text) => [text, text])), read(path));
  });
});

describe('the manifest', () => {
  it.each(globSync('package.nls.*.json'))('is translated whole by %s', (path) => {
    expectTranslated(read('package.nls.json'), read(path));
  });

  it('has the same languages as the code', () => {
    const ofCode = languagesOf('extension/l10n/bundle.l10n.*.json');
    expect(ofCode.length).toBeGreaterThan(0);
    expect(languagesOf('package.nls.*.json')).toEqual(ofCode);
  });
});
