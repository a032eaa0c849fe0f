// The language of a file by its name's ending, and back: editors' language ids. Pure.

/** Of several endings of one language, its usual one comes first. */
const LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['c', 'c'],
  ['cpp', 'cpp'],
  ['css', 'css'],
  ['go', 'go'],
  ['html', 'html'],
  ['java', 'java'],
  ['js', 'javascript'],
  ['json', 'json'],
  ['ipynb', 'json'],
  ['md', 'markdown'],
  ['py', 'python'],
  ['pyi', 'python'],
  ['pyw', 'python'],
  ['rb', 'ruby'],
  ['rs', 'rust'],
  ['sh', 'shellscript'],
  ['sql', 'sql'],
  ['toml', 'toml'],
  ['ts', 'typescript'],
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
]);

/** A language id such as "python"; empty where the name tells none. */
export function languageOf(fileName: string): string {
  const ending = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase();
  return (ending && LANGUAGES.get(ending)) ?? '';
}

const ENDINGS: ReadonlyMap<string, string> = new Map(
  [...LANGUAGES].toReversed().map(([ending, language]) => [language, ending]),
);

/** The usual ending of a language's files, with its dot; empty where it isn't known. */
export function endingOf(language: string): string {
  const ending = ENDINGS.get(language);
  return ending === undefined ? '' : `.${ending}`;
}
