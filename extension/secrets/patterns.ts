// Secrets that have no form of their own: a password or a token by the name it is given, a JWT, a key of pybin.
// Pure. What is plainly no secret (a placeholder, a name, a path, a format) is passed over: a gate that cries wolf
// is switched off.

import type { FoundSecret } from './found-secret.ts';

/** `password = "…"`, `"api_key": '…'`, `connect(token=r"…")`, also with a type between. */
const ASSIGNED =
  /(?<name>[\w.-]*(?:passw(?:or)?d|passphrase|pwd|secret|token|api_?key|access_?key|auth_?key|private_?key|credentials?)\w*)["']?\]?\s*(?::\s*[\w.[\] |]{1,60})?\s*(?:=|:)\s*(?:[rbuf]{1,2})?(?<quote>"""|'''|["'])(?<value>[^"'\r\n]{6,500})\k<quote>/giu;

/** `DB_PASSWORD=…` as shells and env files write it. */
const IN_ENVIRONMENT =
  /^\s*(?:export\s+)?(?<name>[A-Z0-9_]*(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY)[A-Z0-9_]*)=(?<value>[^\s"'#$`(]{6,500})\s*$/gmu;

/** Three parts in base64url, of which the first two are JSON objects: `{"` is `eyJ` (RFC 7519). */
const JWT = /\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,8000}\.[\w-]{16,2000}/gu;

/** A key of pybin itself. */
const PYBIN_KEY = /\bpyb_[0-9A-Za-z]{65}\b/gu;

/** Whose value is a secret whatever it looks like; of other names it has to look like one. */
const PASSWORD_NAME = /passw(?:or)?d|passphrase|pwd/iu;
/** Names that speak of a secret without being one: where it is kept, what it is called, how long it may be. */
const ABOUT_A_SECRET =
  /(?:name|label|title|hint|field|file|path|dir|url|uri|env|var|header|type|kind|length|len|size|min|max|count|regex|pattern|format|prefix|suffix|policy|message|error|help|prompt|placeholder|id|algorithm|alg|hasher|validators?|scheme|endpoint|template|attr|param|option|column|class|limit|expires?|ttl)s?\d*$/iu;

const PLACEHOLDERS =
  /^(?:change_?me.*|your[-_ ].*|my[-_ ]?(?:password|secret|token|key)|example.*|.*example|sample.*|placeholder|dummy.*|fake.*|test(?:ing|[-_ ].*)?|todo.*|fixme.*|none|null|undefined|unknown|secret|password|passwd|token|api[-_ ]?key|redacted|hidden|insert[-_ ].*|enter[-_ ].*|replace.*|some[-_ ].*|foo(?:bar)?|bar|baz|string|optional|required|default|disabled|enabled|xxx.*|\*+|\.+|-+|_+|x+|0+|1234567?8?9?0?)$/iu;
/** Filled in when the program runs, or read from somewhere else. */
const FILLED_IN =
  /\$\{|\{\{|\{[\w.!:]*\}|<[^<>]+>|%\(\w+\)s|(?:^|[\s=/:])%s|^\$\w+$|^(?:env|vault|arn|ssm|file):|^https?:\/\//iu;
/** A name or a sentence: words of letters only. */
const WORDS = /^[\p{L}]+(?:[-_. :,/']+[\p{L}]+)+[.:!?]?$/u;
const CONSTANT_NAME = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/u;
const PATH = /^(?:[./~]|[A-Za-z]:\\)[\w./\\-]*$/u;
const DOTTED_NAME = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/u;

/** Bits a character: English words have about 3 in texts of this length, random base64 more than 4. */
const RANDOM_BITS = 3.5;
const RANDOM_LENGTH = 16;

/** All that the patterns find in a text. */
export function findByPattern(text: string): FoundSecret[] {
  return [
    ...assignedIn(text, ASSIGNED),
    ...assignedIn(text, IN_ENVIRONMENT),
    ...matchesOf(text, JWT, 'JSON Web Token').filter(({ start, end }) => isJwt(text.slice(start, end))),
    ...matchesOf(text, PYBIN_KEY, 'key of pybin'),
  ];
}

function assignedIn(text: string, pattern: RegExp): FoundSecret[] {
  const found: FoundSecret[] = [];
  for (const match of text.matchAll(pattern)) {
    const { name = '', value = '' } = match.groups ?? {};
    if (!isSecret(name, value)) continue;
    const start = match.index + match[0].lastIndexOf(value);
    const what = PASSWORD_NAME.test(name) ? 'password' : `value of “${name}”`;
    found.push({ what, start, end: start + value.length });
  }
  return found;
}

function isSecret(name: string, value: string): boolean {
  if (ABOUT_A_SECRET.test(name) || isPlain(value)) return false;
  return PASSWORD_NAME.test(name) ? isMixed(value) || isWord(value) : isRandom(value);
}

function isPlain(value: string): boolean {
  return [PLACEHOLDERS, FILLED_IN, WORDS, CONSTANT_NAME, PATH, DOTTED_NAME].some((plain) =>
    plain.test(value),
  );
}

/** Letters with digits or signs among them. Blanks are a sentence's. */
function isMixed(value: string): boolean {
  return /\p{L}/u.test(value) && /[\d\p{P}\p{S}]/u.test(value) && !/\s/u.test(value);
}

/** One long word of letters alone, which as the value of a password is one. */
function isWord(value: string): boolean {
  return /^\p{L}{10,}$/u.test(value);
}

function isRandom(value: string): boolean {
  if (value.length < RANDOM_LENGTH || /\s/u.test(value)) return false;
  const isUnlikeWords = /\d/u.test(value) || (/[a-z][A-Z]/u.test(value) && /[A-Z]{2}/u.test(value));
  return isUnlikeWords && (bitsPerCharacter(value) >= RANDOM_BITS || /^[0-9a-f]{32,}$/iu.test(value));
}

/** Shannon's entropy of the characters. */
function bitsPerCharacter(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

function isJwt(token: string): boolean {
  const header = token.slice(0, token.indexOf('.')).replaceAll('-', '+').replaceAll('_', '/');
  try {
    const value: unknown = JSON.parse(atob(header));
    return typeof value === 'object' && value !== null && 'alg' in value;
  } catch {
    return false;
  }
}

function matchesOf(text: string, pattern: RegExp, what: string): FoundSecret[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    what,
    start: match.index,
    end: match.index + match[0].length,
  }));
}
