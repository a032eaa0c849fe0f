// What becomes of a text with secrets in it: it goes only by its author's word, with a reason. Free of the editor.

import type { Place } from '../place.ts';
import { type FoundSecret, type ShownSecret, toShown } from './found-secret.ts';

export type SecretVerdict =
  | { readonly kind: 'none' }
  /** It may go in spite of them; why, in its author's words. */
  | { readonly kind: 'allowed'; readonly reason: string }
  /** It stays where it is. */
  | { readonly kind: 'kept'; readonly secrets: readonly ShownSecret[] };

export interface SecretCheckParts {
  /** All secrets of a text, in order. */
  readonly scan: (text: string) => Promise<readonly FoundSecret[]>;
  /** Where a line of the text, from 0, stands in its author's editor. */
  readonly placeOf: (textLine: number) => Place;
}

/** Asks about the secrets of a text: the reason why it may go, or undefined where it may not. */
export type AskReason = (secrets: readonly ShownSecret[]) => Promise<string | undefined>;

export async function checkSecrets(
  text: string,
  { scan, placeOf }: SecretCheckParts,
  askReason: AskReason,
): Promise<SecretVerdict> {
  const secrets = toShown(text, await scan(text), placeOf);
  if (secrets.length === 0) return { kind: 'none' };
  const reason = (await askReason(secrets))?.trim() ?? '';
  return reason === '' ? { kind: 'kept', secrets } : { kind: 'allowed', reason };
}
