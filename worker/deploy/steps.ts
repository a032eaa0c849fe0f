// What a deploy does, step by step, from what is there already. Pure.

import type { DeploySettings } from './settings.ts';
import { planSecrets, type SecretAction, type SecretPlan } from './secrets.ts';

/** What of an instance is there before a deploy; undefined where nobody could be asked. */
export interface Found {
  readonly hasBucket: boolean | undefined;
  /** Of the Worker; none where there is no Worker yet. */
  readonly secretNames: readonly string[] | undefined;
}

/** What is deployed. */
export interface Instance {
  readonly worker: string;
  readonly bucket: string;
  /** As the Worker tells it at /version. */
  readonly commit: string;
  readonly lifecycle: Lifecycle;
}

/** The rule for the archive, as a file that Cloudflare takes. */
export interface Lifecycle {
  /** From the project's root. */
  readonly file: string;
  readonly prefix: string;
  readonly days: number;
}

export type Step =
  | {
      readonly kind: 'bucket';
      readonly bucket: string;
      readonly action: 'create' | 'create where missing' | 'keep';
    }
  | { readonly kind: 'lifecycle'; readonly bucket: string; readonly lifecycle: Lifecycle }
  | { readonly kind: 'secrets'; readonly plans: readonly SecretPlan[] }
  | { readonly kind: 'deploy'; readonly worker: string; readonly commit: string }
  | { readonly kind: 'check'; readonly url: string | undefined; readonly commit: string };

/** The steps in their order: nothing is deployed before what it needs is there. */
export function planSteps(
  instance: Instance,
  { given, url }: Pick<DeploySettings, 'given' | 'url'>,
  found: Found,
): readonly Step[] {
  const { worker, bucket, commit, lifecycle } = instance;
  return [
    { kind: 'bucket', bucket, action: bucketAction(found.hasBucket) },
    { kind: 'lifecycle', bucket, lifecycle },
    { kind: 'secrets', plans: planSecrets(given, found.secretNames) },
    { kind: 'deploy', worker, commit },
    { kind: 'check', url, commit },
  ];
}

function bucketAction(hasBucket: boolean | undefined) {
  if (hasBucket === undefined) return 'create where missing';
  return hasBucket ? 'keep' : 'create';
}

/** A step in one line. */
export function stepWords(step: Step): string {
  switch (step.kind) {
    case 'bucket':
      return bucketWords[step.action](step.bucket);
    case 'lifecycle': {
      const { file, prefix, days } = step.lifecycle;
      return `Sets the lifecycle of ${step.bucket} from ${file}: what lies under ${prefix} goes after ${days} days.`;
    }
    case 'secrets':
      return secretsWords(step.plans);
    case 'deploy':
      return `Deploys the Worker ${step.worker} at commit ${step.commit}, with its secrets.`;
    case 'check':
      return `Checks /health and /version at ${step.url ?? 'the address that Cloudflare gives it'}.`;
    default:
      return step satisfies never;
  }
}

const bucketWords: Readonly<Record<Extract<Step, { kind: 'bucket' }>['action'], (bucket: string) => string>> =
  {
    create: (bucket) => `Creates the bucket ${bucket}.`,
    'create where missing': (bucket) => `Creates the bucket ${bucket}, unless it is there.`,
    keep: (bucket) => `Finds the bucket ${bucket}.`,
  };

const secretVerbs: Readonly<Record<SecretAction, (names: string) => string>> = {
  generate: (names) => `generates ${names}`,
  'generate where missing': (names) => `generates ${names} unless they are there`,
  'take from the environment': (names) => `takes ${names} from the environment`,
  keep: (names) => `keeps ${names}`,
};

function secretsWords(plans: readonly SecretPlan[]): string {
  const actions = Map.groupBy(plans, ({ action }) => action);
  const parts = [...actions].map(([action, those]) =>
    secretVerbs[action](listWords(those.map(({ name }) => name))),
  );
  return `Looks after the secrets: ${parts.join('; ')}.`;
}

function listWords(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
