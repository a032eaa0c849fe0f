// The name that an editor or a device gives itself, or is given where it says none: shown to the person who approves
// it, and the name of its key.

import { limits } from '../../shared/limits.ts';

/**
 * A name as it is shown and kept: one line, cut to its limit, nothing in it that hides or turns what stands around it.
 * @param otherwise the name of whoever gives none
 */
export function readDeviceName(text: string, otherwise: string): string {
  const shown = text.replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim();
  const cut = shown
    .slice(0, limits.keyNameCharacters)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();
  return cut === '' ? otherwise : cut;
}

/**
 * The name of a program that asks on this machine: the first product of its User-Agent (RFC 9110, 10.1.5).
 * @param otherwise where it names none
 */
export function localProgramName(userAgent: string | null, otherwise: string): string {
  const product = /^[\w.-]{1,30}(?=\/|\s|$)/.exec(userAgent ?? '')?.[0];
  if (product === undefined) return otherwise;
  // What all browsers claim to be, since 1994.
  return `${product === 'Mozilla' ? 'browser' : product} on this machine`;
}
