// A text ready to store: compressed where that pays, with what is told of it. Pure.

import { hash } from 'node:crypto';
import { wholeCharacters } from '../../shared/bytes.ts';
import { firstLineOf } from '../../shared/first-line.ts';
import { limits } from '../../shared/limits.ts';
import { type Body, packBody } from './body.ts';

export interface PackedText extends Body {
  /** SHA-256 of the text, in hex. */
  readonly sha256: string;
  readonly firstLine: string;
}

/** @param utf8 bytes that are known to be UTF-8 */
export function packText(utf8: Uint8Array): PackedText {
  return { ...packBody(utf8), sha256: hash('sha256', utf8, 'hex'), firstLine: firstLineOfBytes(utf8) };
}

const decoder = new TextDecoder();

/** The first line of a text by its begin. */
export function firstLineOfBytes(utf8: Uint8Array): string {
  const begin = utf8.subarray(0, limits.firstLine.lookedAtCharacters);
  return firstLineOf(decoder.decode(wholeCharacters(begin)));
}
