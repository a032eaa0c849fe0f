// The Worker's secrets on one page: where each comes from, and what it is for. Pure.

import { randomBytes } from 'node:crypto';
import { DeployError } from './failures.ts';

interface Secret {
  readonly name: string;
  /** Makes a value where none is there; absent where only the operator can have one. */
  readonly generate?: () => string;
  /** Why the operator must keep a generated value: it can't be read back from Cloudflare. */
  readonly keptFor?: string;
  /** Whether a value from the environment can be right. */
  readonly isValid?: (value: string) => boolean;
  /** What a value looks like, for whoever gave one that can't be right. */
  readonly form?: string;
}

/** A secret and its value. */
export interface Given {
  readonly name: string;
  readonly value: string;
}

/** A value made at this deploy. It is shown once. */
export interface Generated extends Given {
  readonly keptFor: string;
}

const SECRET_BYTES = 32;

function randomHex(): string {
  return randomBytes(SECRET_BYTES).toString('hex');
}

const secrets: readonly Secret[] = [
  {
    name: 'INSTANCE_SECRETS',
    generate: randomHex,
    keptFor: 'it seals links and keys; to replace it or to move the instance, it is needed',
    isValid: (value) => /^[0-9a-f]{64}(,[0-9a-f]{64})*$/.test(value),
    form: '64 hexadecimal digits; newest first and separated by commas where it is several',
  },
  { name: 'METRICS_TOKEN', generate: randomHex, keptFor: 'it reads /metrics, as Authorization: Bearer …' },
  // Without it nobody takes anything down, so it isn't made unasked.
  { name: 'OPERATOR_TOKEN' },
  ...['GOOGLE', 'FACEBOOK', 'GITHUB', 'OIDC'].flatMap((provider) => [
    { name: `${provider}_CLIENT_ID` },
    { name: `${provider}_CLIENT_SECRET` },
  ]),
  // No secrets, but they go with them: where the environment says nothing of them, they stay as they are, too.
  { name: 'OIDC_ISSUER', isValid: isHttps, form: 'an address that begins with https://' },
  { name: 'OIDC_NAME' },
];

function isHttps(value: string): boolean {
  return URL.parse(value)?.protocol === 'https:';
}

/** The secrets that the environment gives. @throws {DeployError} where one can't be right, in words without its value */
export function chooseSecrets(environment: Readonly<Record<string, string | undefined>>): Given[] {
  return secrets.flatMap(({ name, isValid, form }) => {
    const value = environment[name];
    if (!value) return [];
    if (isValid && !isValid(value)) throw new DeployError(`${name} in the environment is not ${form}.`);
    return [{ name, value }];
  });
}

/** What a deploy does about a secret. */
export type SecretAction = 'generate' | 'generate where missing' | 'take from the environment' | 'keep';

export interface SecretPlan {
  readonly name: string;
  readonly action: SecretAction;
}

/**
 * What is done about each secret that is there or can be.
 * @param there names of those that the Worker has; undefined where nobody knows
 */
export function planSecrets(
  given: readonly Given[],
  there: readonly string[] | undefined,
): readonly SecretPlan[] {
  return secrets.flatMap(({ name, generate }): SecretPlan[] => {
    if (given.some((secret) => secret.name === name)) return [{ name, action: 'take from the environment' }];
    if (there?.includes(name)) return [{ name, action: 'keep' }];
    if (!generate) return [];
    return [{ name, action: there ? 'generate' : 'generate where missing' }];
  });
}

/** Fresh values for those that a plan generates. */
export function generateSecrets(plans: readonly SecretPlan[]): Generated[] {
  return plans.flatMap(({ name, action }) => {
    const secret = secrets.find((one) => one.name === name);
    if (action !== 'generate' || !secret?.generate) return [];
    return [{ name, value: secret.generate(), keptFor: secret.keptFor ?? '' }];
  });
}
