// The addresses of a snippet as an instance gives them out. Pure.

import { aliasPath, linkPath, numberPath } from '../../shared/address.ts';
import type { Visibility } from '../../shared/snippet.ts';
import { requireSeal } from './seal.ts';

/** The instance as it is reached, and whose stack it is. */
export interface Home {
  /** See {@link requireSeal}. */
  readonly instanceSecrets: string;
  /** Where the instance was reached, such as `https://pybin.example`. */
  readonly origin: string;
  readonly routingHash: string;
  /** Empty where the stack is nobody's. */
  readonly userId: string;
}

/** The id of a snippet's link. */
export function linkIdOf(home: Pick<Home, 'instanceSecrets' | 'routingHash'>, number: number): string {
  return requireSeal(home.instanceSecrets, 'link').seal({ routingHash: home.routingHash, number });
}

/** Where a snippet can be read: by its alias or number where everybody may, else by its link. */
export function addressOf(
  home: Home,
  snippet: { readonly number: number; readonly visibility: Visibility; readonly alias: string },
): string {
  return home.origin + pathOf(home, snippet);
}

function pathOf(
  home: Home,
  { number, visibility, alias }: { number: number; visibility: Visibility; alias: string },
): string {
  if (visibility !== 'public') return linkPath(linkIdOf(home, number));
  return alias === '' ? numberPath(home.userId, number) : aliasPath(home.userId, alias);
}
