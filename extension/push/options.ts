// What can be said of a push, field by field, as people type it and as it is shown. Pure; held to the same checks as
// the edge's own.

import { accept, type Result } from '../../shared/problem.ts';
import {
  checkDetails,
  formatTtl,
  parseTtl,
  plainDetails,
  ttlUnits,
  visibilities,
} from '../../shared/snippet.ts';
import { burnLabel } from '../stack/row-words.ts';
import type { Translate } from '../words.ts';
import { noOptions, type PushOptions } from './draft.ts';
import { visibilityLabel } from './visibility-words.ts';

export const optionFields = ['description', 'lifetime', 'visibility', 'alias', 'burn'] as const;
export type OptionField = (typeof optionFields)[number];

/** What of the options is remembered for the next push: what is said of one text only, never is. */
export type KeptOptions = Pick<PushOptions, 'ttlSeconds' | 'visibility'>;

/** The options after a field was typed anew; empty is "nothing said". Refuses what no push may say. */
export function withTyped(options: PushOptions, field: OptionField, typed: string): Result<PushOptions> {
  const changed = changedBy(options, field, typed);
  if (!changed.ok) return changed;
  const checked = checkDetails({ ...plainDetails, ...changed.value });
  return checked.ok ? changed : checked;
}

function changedBy(options: PushOptions, field: OptionField, typed: string): Result<PushOptions> {
  const text = typed.trim();
  switch (field) {
    case 'description':
      return accept({ ...options, description: text });
    case 'alias':
      return accept({ ...options, alias: text });
    case 'lifetime': {
      if (text === '') return accept({ ...options, ttlSeconds: noOptions.ttlSeconds });
      const ttl = parseTtl(text);
      return ttl.ok ? accept({ ...options, ttlSeconds: ttl.value }) : ttl;
    }
    case 'visibility': {
      const visibility = visibilities.find((known) => known === text);
      const stays = options.burnReads > 0 && visibility !== undefined && visibility !== 'unlisted';
      return accept({ ...options, visibility, ...(stays && { burnReads: noOptions.burnReads }) });
    }
    case 'burn': {
      if (text === '') return accept({ ...options, burnReads: noOptions.burnReads });
      // What burns is read by its link.
      return accept({
        ...options,
        burnReads: /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN,
        visibility: 'unlisted',
      });
    }
    default:
      return field satisfies never;
  }
}

/** A field as it would be typed. */
export function typedOf(options: PushOptions, field: OptionField): string {
  switch (field) {
    case 'description':
      return options.description;
    case 'alias':
      return options.alias;
    case 'lifetime':
      return options.ttlSeconds === undefined ? '' : formatTtl(options.ttlSeconds);
    case 'visibility':
      return options.visibility ?? '';
    case 'burn':
      return options.burnReads === 0 ? '' : String(options.burnReads);
    default:
      return field satisfies never;
  }
}

export function fieldLabel(field: OptionField, t: Translate): string {
  switch (field) {
    case 'description':
      return t('Description');
    case 'lifetime':
      return t('Lifetime');
    case 'visibility':
      return t('Who may read it');
    case 'alias':
      return t('Alias');
    case 'burn':
      return t('Burn');
    default:
      return field satisfies never;
  }
}

/** A field's value in words. */
export function valueLabel(options: PushOptions, field: OptionField, t: Translate): string {
  switch (field) {
    case 'description':
      return options.description || t('none');
    case 'alias':
      return options.alias || t('none');
    case 'lifetime':
      return options.ttlSeconds === undefined
        ? t('as your account says')
        : lifetimeLabel(options.ttlSeconds, t);
    case 'visibility':
      return options.visibility === undefined
        ? t('as your account says')
        : visibilityLabel(options.visibility, t);
    case 'burn':
      return options.burnReads === 0 ? t('reading leaves it') : burnLabel(options.burnReads, t);
    default:
      return field satisfies never;
  }
}

/** What may be typed, for whoever typed something else. */
export function fieldHint(field: OptionField, t: Translate): string {
  switch (field) {
    case 'description':
      return t('What it is, in your words: shown wherever it is.');
    case 'lifetime':
      return t('From 1 minute to 365 days, such as 90m, 12h or 7d.');
    case 'visibility':
      return t('Everybody, whoever has the link, or only you.');
    case 'alias':
      return t(
        'Your own name for it: at most 40 of a-z 0-9 . _ -, beginning with a letter or digit, not only digits.',
      );
    case 'burn':
      return t('After how many reads it is gone, from 1 to 100. It is read by its link.');
    default:
      return field satisfies never;
  }
}

/** `12 hours`, `1 day`. */
export function lifetimeLabel(ttlSeconds: number, t: Translate): string {
  const { count, unit } = ttlUnits(ttlSeconds);
  switch (unit) {
    case 'd':
      return count === 1 ? t('1 day') : t('{0} days', count);
    case 'h':
      return count === 1 ? t('1 hour') : t('{0} hours', count);
    case 'm':
      return count === 1 ? t('1 minute') : t('{0} minutes', count);
    case 's':
      return t('{0} seconds', count);
    default:
      return unit satisfies never;
  }
}

/** The options that a push begins with, where these were kept; whatever can't be one counts as nothing said. */
export function readKept(kept: unknown): PushOptions {
  if (typeof kept !== 'object' || kept === null) return noOptions;
  const visibility =
    'visibility' in kept ? visibilities.find((known) => known === kept.visibility) : undefined;
  const ttlSeconds =
    'ttlSeconds' in kept && typeof kept.ttlSeconds === 'number' ? kept.ttlSeconds : undefined;
  const options = { ...noOptions, visibility, ttlSeconds };
  return checkDetails({ ...plainDetails, ...options }).ok ? options : noOptions;
}

export function toKept({ ttlSeconds, visibility, burnReads }: PushOptions): KeptOptions {
  // That it is unlisted is then no choice of its own.
  return { ttlSeconds, visibility: burnReads > 0 ? undefined : visibility };
}
