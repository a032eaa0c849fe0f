// A deploy from its start to its end: asks what is there, tells each step, and does it.
// May be repeated at any time: what is there stays, and only the Worker's version is new.

import { Cloudflare } from './cloudflare.ts';
import { DeployError } from './failures.ts';
import { type Ask, type Patience, requireHealthy } from './health.ts';
import { readInstance } from './project.ts';
import { type Generated, generateSecrets } from './secrets.ts';
import type { DeploySettings, Environment } from './settings.ts';
import { type Found, type Instance, planSteps, type Step, stepWords } from './steps.ts';

const nothingKnown: Found = { hasBucket: undefined, secretNames: undefined };

export interface DeployOptions {
  readonly settings: DeploySettings;
  readonly environment: Environment;
  readonly patience: Patience;
  /** Asks what was deployed. */
  readonly ask: Ask;
  /** Tells the operator one line. */
  readonly tell: (line: string) => void;
}

/** @throws {DeployError} where a step fails, with what to do */
export async function deploy(options: DeployOptions): Promise<void> {
  const { settings, environment, tell } = options;
  const instance = await readInstance();
  const cloudflare = new Cloudflare(environment);
  if (settings.isDryRun) {
    await rehearse(options, instance, cloudflare);
    return;
  }
  const found = await find(cloudflare, instance);
  const progress: Progress = { secrets: [], url: settings.url };
  for (const step of planSteps(instance, settings, found)) {
    tell(stepWords(step.kind === 'check' ? { ...step, url: progress.url } : step));
    await take(step, cloudflare, options, progress);
  }
  tell(`pybin is at ${progress.url}`);
}

/** Tells the steps and takes none of them. Asks what is there where that can be asked. */
async function rehearse(
  { settings, tell }: DeployOptions,
  instance: Instance,
  cloudflare: Cloudflare,
): Promise<void> {
  tell('Nothing is changed. A deploy would take these steps:');
  const found = await findIfPossible(instance, cloudflare, tell);
  for (const step of planSteps(instance, settings, found)) tell(stepWords(step));
}

async function findIfPossible(
  instance: Instance,
  cloudflare: Cloudflare,
  tell: (line: string) => void,
): Promise<Found> {
  try {
    return await find(cloudflare, instance);
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    tell(`What is there already is not known. ${error.message}`);
    return nothingKnown;
  }
}

async function find(cloudflare: Cloudflare, { bucket, worker }: Instance): Promise<Found> {
  const hasBucket = await cloudflare.hasBucket(bucket);
  return { hasBucket, secretNames: await cloudflare.listSecrets(worker) };
}

/** What later steps learn from earlier ones. */
interface Progress {
  secrets: readonly Generated[];
  url: string | undefined;
}

async function take(
  step: Step,
  cloudflare: Cloudflare,
  { settings, patience, ask, tell }: DeployOptions,
  progress: Progress,
): Promise<void> {
  switch (step.kind) {
    case 'bucket':
      if (step.action !== 'keep') await cloudflare.createBucket(step.bucket);
      return;
    case 'lifecycle':
      await cloudflare.setLifecycle(step.bucket, step.lifecycle.file);
      return;
    case 'secrets':
      progress.secrets = generateSecrets(step.plans);
      // Before they are set: a deploy that breaks off must not leave a secret that nobody knows.
      for (const line of generatedLines(progress.secrets)) tell(line);
      return;
    case 'deploy': {
      const { url } = await cloudflare.deploy(step.commit, [...settings.given, ...progress.secrets]);
      progress.url ??= url;
      return;
    }
    case 'check':
      await requireHealthy(requireUrl(progress.url), step.commit, { ask, patience });
      return;
    default:
      step satisfies never;
  }
}

function generatedLines(secrets: readonly Generated[]): string[] {
  if (secrets.length === 0) return [];
  return [
    '  Keep these where only you can read them. They are shown this once:',
    ...secrets.map(({ name, value, keptFor }) => `    ${name}=${value}  (${keptFor})`),
  ];
}

function requireUrl(url: string | undefined): string {
  if (url !== undefined) return url;
  throw new DeployError('The Worker is deployed, but Cloudflare tells no address of it. Give it with --url.');
}
