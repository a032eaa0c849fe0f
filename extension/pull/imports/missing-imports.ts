// What a file has to import for a text that was pulled into it. Pure. Only what is certain: a name that the file has
// in whatever way is left alone, and so is one that could come from several places.

import { getKnownImport } from './known-imports.ts';
import { codeOf, readImports } from './python-imports.ts';

export interface PulledText {
  readonly text: string;
  /** Names that it uses and doesn't define. */
  readonly needs: readonly string[];
}

/** The file that a text came from, where it is at hand. */
export interface SourceFile {
  readonly text: string;
  /** Whether it lies beside the file that is pulled into: then its relative imports mean the same there. */
  readonly isNeighbour: boolean;
}

const NAME = /(?<!\.\s*)\b[A-Za-z_]\w*/g;

/** The statements to add, sorted, each name in its own. @param before the file without the pulled text */
export function missingImports(
  { text, needs }: PulledText,
  before: string,
  source: SourceFile | undefined,
): readonly string[] {
  if (readImports(before).hasStar) return [];
  const there = new Set(codeOf(before).match(NAME));
  const code = codeOf(text);
  const ofSource = new Map(
    source
      ? readImports(source.text)
          .names.filter(({ isRelative }) => !isRelative || source.isNeighbour)
          .map(({ name, statement }) => [name, statement])
      : [],
  );
  const statements = needs
    .filter((name) => !there.has(name))
    .map((name) => ofSource.get(name) ?? getKnownImport(name, code))
    .filter((statement) => statement !== undefined);
  return [...new Set(statements)].toSorted();
}

/** Those of the statements whose name a file still doesn't import. */
export function stillMissing(statements: readonly string[], text: string): readonly string[] {
  const there = new Set(readImports(text).names.map(({ name }) => name));
  return statements.filter((statement) => readImports(statement).names.some(({ name }) => !there.has(name)));
}
