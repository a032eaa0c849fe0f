// A rotation of the instance's secret: a fresh one seals, and those before still open what they sealed. Pure.

import { isLinkId } from '../../shared/address.ts';
import { requireSeal } from '../ids/seal.ts';
import { OperatorError } from './failure.ts';

/** Newest first, separated by commas, as INSTANCE_SECRETS has them. @throws {OperatorError} where there is none */
export function rotate(secrets: string, fresh: string): string {
  const old = listSecrets(secrets);
  if (old.length === 0) throw new OperatorError('There is no secret yet that could be replaced.');
  return [fresh, ...old].join(',');
}

export function listSecrets(secrets: string): string[] {
  return secrets
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '');
}

/**
 * Makes sure that a link of the instance opens with these secrets: with others in their place, no link and no key
 * would work any more.
 * @param link its address, or its id
 * @throws {OperatorError} where it does not
 */
export function requireOpening(secrets: string, link: string): void {
  const id = /^(?:.*\/s\/)?([^/?#]+)(?:[?#].*)?$/.exec(link)?.[1] ?? '';
  if (!isLinkId(id)) throw new OperatorError(`"${link}" is no link: one looks like https://…/s/{id}.`);
  if (listSecrets(secrets).length > 0 && requireSeal(secrets, 'link').getPlace(id)) return;
  throw new OperatorError('These are not the secrets that this link was made with. Nothing was changed.');
}
