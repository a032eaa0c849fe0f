// The language of a file by its name's ending: editors' language ids. Pure.

const LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['c', 'c'],
  ['cpp', 'cpp'],
  ['css', 'css'],
  ['go', 'go'],
  ['html', 'html'],
  ['ipynb', 'json'],
  ['java', 'java'],
  ['js', 'javascript'],
  ['json', 'json'],
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
