// What is sent to GitHub for a line, and the address that sends it. Pure. What is shown to be sent is sent, letter
// for letter: so only what means itself in an address, and in a search, is taken over.

import { limits } from '../../shared/limits.ts';
import { scoreOf } from './telling-line.ts';

/**
 * Ends a phrase: a quote does, and so does what an editor that opens an address would write in another way than it
 * was (microsoft/vscode#85930), or what no address can hold.
 */
const NOT_IN_A_PHRASE = /["&+#?%;\\`\p{C}]+/u;

/** Half of an operator that was cut, and what says nothing at an end. */
const LOOSE_ENDS = /^[\s=*/|<>!,.:^~-]+|[\s=*/|<>!,^~-]+$/g;

/** Languages that GitHub calls as editors do. */
const LANGUAGES: ReadonlySet<string> = new Set(
  'python javascript typescript java go rust ruby php c swift kotlin scala html css lua perl r julia haskell'.split(
    ' ',
  ),
);

/** The search for a line: the most telling part of it as a phrase, in its language. Undefined where nothing tells. */
export function getSearchWords(line: string, language: string): string | undefined {
  const phrase = getPhrase(line);
  if (phrase === undefined) return undefined;
  return LANGUAGES.has(language) ? `"${phrase}" language:${language}` : `"${phrase}"`;
}

/** Whether words can be sent as they are: those that somebody wrote, too. */
export function canBeSent(words: string): boolean {
  return (
    words.trim() !== '' &&
    words.length <= limits.github.wordsCharacters &&
    !NOT_IN_A_PHRASE.test(words.replaceAll('"', ''))
  );
}

/** The parts of the address of a search in a browser, in the names that the editor's `Uri` has for them. */
export function searchAddress(words: string): { readonly path: string; readonly query: string } {
  return { path: '/search', query: `type=code&q=${words}` };
}

function getPhrase(line: string): string | undefined {
  let best: { readonly phrase: string; readonly score: number } | undefined;
  for (const part of line.split(NOT_IN_A_PHRASE)) {
    const phrase = cut(part.replaceAll(LOOSE_ENDS, ''));
    const score = scoreOf(phrase);
    if (score > (best?.score ?? 0)) best = { phrase, score };
  }
  return best?.phrase;
}

/** Never in the middle of a word: it would be found nowhere. */
function cut(phrase: string): string {
  if (phrase.length <= limits.github.phraseCharacters) return phrase;
  const head = phrase.slice(0, limits.github.phraseCharacters + 1);
  return head.replace(/[\p{L}\p{N}_]+$/u, '').trim();
}
