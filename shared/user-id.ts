// Which user ids can be chosen: those that can't be taken for a page of the instance, nor for another word of it.
// Stricter than what an address may hold, so that a word which is reserved later doesn't shut anybody out. Pure.

import { isUserId } from './address.ts';
import { limits } from './limits.ts';

/** Words that stand for the instance, its pages, or those who run it. */
const WORDS = [
  'about',
  'account',
  'admin',
  'administrator',
  'anonymous',
  'api',
  'archive',
  'assets',
  'blog',
  'connect',
  'contact',
  'delete',
  'device',
  'docs',
  'download',
  'email',
  'everybody',
  'export',
  'favicon',
  'health',
  'help',
  'history',
  'home',
  'index',
  'key',
  'latest',
  'legal',
  'link',
  'live',
  'local',
  'localhost',
  'login',
  'logout',
  'mail',
  'mcp',
  'me',
  'metrics',
  'moderator',
  'new',
  'nobody',
  'null',
  'oauth',
  'official',
  'operator',
  'owner',
  'paste',
  'privacy',
  'public',
  'push',
  'pybin',
  'python',
  'raw',
  'register',
  'registration',
  'report',
  'robots',
  'root',
  'search',
  'security',
  'session',
  'setting',
  'sign-in',
  'sign-out',
  'sign-up',
  'snippet',
  'stack',
  'staff',
  'static',
  'status',
  'support',
  'system',
  'team',
  'terms',
  'undefined',
  'user',
  'version',
  'web',
  'webmaster',
  'well-known',
  'www',
] as const;

/** Digits as they are read for letters. */
const LOOKS: Readonly<Record<string, string>> = { 0: 'o', 1: 'l', 3: 'e', 4: 'a', 5: 's', 7: 't' };

const skeletons: ReadonlySet<string> = new Set(WORDS.map(skeletonOf));

/** What is wrong with a user id that somebody would like, in words for them; undefined where nothing is. */
export function refuseUserId(text: string): string | undefined {
  const { min, max } = limits.userIdCharacters;
  if (text === '') return 'Choose a user id.';
  if (text.length < min || text.length > max) return `A user id has ${min} to ${max} characters.`;
  if (!/^[a-z0-9-]+$/.test(text)) return 'A user id is made of a to z, 0 to 9 and -, without capitals.';
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)) return 'A - stands between two other characters.';
  if (!isUserId(text) || skeletons.has(skeletonOf(text)))
    return 'This user id is reserved, or looks like one that is. Choose another.';
  return undefined;
}

/** A word as it looks at a glance: without strokes between, digits as letters, i as l, one or many of it. */
function skeletonOf(text: string): string {
  return text
    .replaceAll('-', '')
    .replace(/[013457]/g, (digit) => LOOKS[digit] ?? digit)
    .replaceAll('i', 'l')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replace(/s$/, '');
}
