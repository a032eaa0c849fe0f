// The addresses of a snippet, and what may stand in them. Pure: text in, text out.

import { limits } from './limits.ts';

/** First segments of paths that mean something else: never a user's. */
const RESERVED_USER_IDS: ReadonlySet<string> = new Set([
  'account',
  'admin',
  'anonymous',
  'api',
  'health',
  'history',
  'live',
  'metrics',
  'new',
  'pybin',
  'raw',
  'root',
  'sign-in',
  'sign-out',
  'system',
  'version',
]);

const USER_ID = new RegExp(`^[a-z0-9-]{${limits.userIdCharacters.min},${limits.userIdCharacters.max}}$`);
/** What may follow `/~{user}/` one day, or says something else than a name. */
const RESERVED_ALIASES: ReadonlySet<string> = new Set([
  'account',
  'all',
  'archive',
  'feed',
  'history',
  'latest',
  'list',
  'live',
  'new',
  'pop',
  'raw',
  'reveal',
  'top',
]);

const ALIAS = new RegExp(`^[a-z0-9][a-z0-9._-]{0,${limits.aliasCharacters - 1}}$`);
const ONLY_DIGITS = /^[0-9]+$/;
const LINK_ID = /^[0-9A-Za-z]{22}$/;
const NUMBER = /^[1-9][0-9]{0,9}$/;
/** The largest number that a snippet may have. */
export const LARGEST_NUMBER = 2 ** 32 - 1;

/** Whether a text can be somebody's user id: 3 to 20 of `a-z 0-9 -`, and no reserved word. */
export function isUserId(text: string): boolean {
  return USER_ID.test(text) && !RESERVED_USER_IDS.has(text);
}

/** Whether a text can be an alias: a short name that is no number and no reserved word. */
export function isAlias(text: string): boolean {
  return ALIAS.test(text) && !ONLY_DIGITS.test(text) && !RESERVED_ALIASES.has(text);
}

/** Whether a text has the form of a link's id (22 characters of base62). Says nothing of its check bits. */
export function isLinkId(text: string): boolean {
  return LINK_ID.test(text);
}

/** A snippet's number as an address has it, or undefined: decimal, from 1, no leading zero, at most 32 bits. */
export function getNumber(text: string): number | undefined {
  if (!NUMBER.test(text)) return undefined;
  const number = Number(text);
  return number <= LARGEST_NUMBER ? number : undefined;
}

/** `/~ada`: always the newest public snippet of a user. */
export function latestPath(userId: string): string {
  return `/~${userId}`;
}

/** `/~ada/12`: one public snippet. */
export function numberPath(userId: string, number: number): string {
  return `/~${userId}/${number}`;
}

/** `/~ada/notes`: one public snippet by its alias. */
export function aliasPath(userId: string, alias: string): string {
  return `/~${userId}/${alias}`;
}

/** `/s/{id}`: one snippet, for whoever has the link. */
export function linkPath(linkId: string): string {
  return `/s/${linkId}`;
}
