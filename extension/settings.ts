// The settings of pybin, read anew wherever one is needed: nobody keeps a copy that can grow old.

import type { GatePolicy } from '../shared/lint/verdict.ts';
import { accept, refuse, type Result } from '../shared/problem.ts';

/** Every setting's key. The manifest lists the same ones. */
export const settingIds = [
  'pybin.endpoint',
  'pybin.lint.gate',
  'pybin.lint.override',
  'pybin.lint.ruffPath',
  'pybin.push.format',
  'pybin.push.origin',
] as const;
export type SettingId = (typeof settingIds)[number];

/** What settings are read from: the editor's configuration, by full keys. */
export interface Settings {
  get(id: SettingId): unknown;
}

const DEFAULT_ENDPOINT = 'http://localhost:8787';
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The instance's address without a slash at its end. Refused unless it is `https:`, or `http:` on this
 * machine: a key travels with every request.
 */
export function getEndpoint(settings: Settings): Result<string> {
  const setting = settings.get('pybin.endpoint');
  const text = typeof setting === 'string' && setting.trim() !== '' ? setting.trim() : DEFAULT_ENDPOINT;
  const url = URL.parse(text);
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname));
  if (url && isSafe && url.username === '' && url.password === '')
    return accept((url.origin + url.pathname).replace(/\/+$/, ''));
  return refuse(
    'invalid_argument',
    `The endpoint "${text}" is not an https address, nor an http address on this machine.`,
    { field: 'pybin.endpoint' },
  );
}

/** The values of `pybin.lint.gate`. */
export const gatePolicies = ['syntax', 'errors', 'warnings'] as const satisfies readonly GatePolicy[];

/** How strict the gate is; whatever isn't one of its policies counts as `errors`. */
export function getGatePolicy(settings: Settings): GatePolicy {
  const setting = settings.get('pybin.lint.gate');
  return gatePolicies.find((policy) => policy === setting) ?? 'errors';
}

/** Is what will be pushed to be formatted first? */
export function isFormatAsked(settings: Settings): boolean {
  return settings.get('pybin.push.format') === true;
}

/** The values of `pybin.push.origin`. */
export const originPolicies = ['never', 'ask', 'always'] as const;
export type OriginPolicy = (typeof originPolicies)[number];

/** May a push tell where in a repository it comes from? Whatever isn't one of the values counts as `ask`. */
export function getOriginPolicy(settings: Settings): OriginPolicy {
  const setting = settings.get('pybin.push.origin');
  return originPolicies.find((policy) => policy === setting) ?? 'ask';
}

/** The values of `pybin.lint.override`: whether its author may push a text in spite of what was found. */
export const overrides = ['never', 'confirm'] as const;
export type Override = (typeof overrides)[number];

/** Whatever isn't one of its values counts as `never`. */
export function getOverride(settings: Settings): Override {
  const setting = settings.get('pybin.lint.override');
  return overrides.find((override) => override === setting) ?? 'never';
}
