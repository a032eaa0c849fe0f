// `npm run rotate-secret`: a fresh secret for new links and keys; those from before go on working. On this machine it
// rewrites the file beside the state. `--deployed --link <a link of the instance>` does it on Cloudflare, which gives no
// secret back: there the old ones come from `--file`, which gets the fresh one too, or from INSTANCE_SECRETS.

import { parseArgs } from 'node:util';
import { createSecret, getSecret, instanceSecretsPath, writeSecret } from '../local/secrets.ts';
import { localSettings } from '../local/settings.ts';
import { OperatorError, runCommand } from './failure.ts';
import { listSecrets, requireOpening, rotate } from './rotation.ts';
import { putSecret } from './wrangler.ts';

const USAGE =
  'npm run rotate-secret [-- --deployed --link https://…/s/{id} [--file <where the secrets are kept>] [--dry-run]]';

interface Deployed {
  readonly link: string;
  readonly file: string | undefined;
  readonly isDryRun: boolean;
}

await runCommand(async () => {
  const deployed = readArguments(process.argv.slice(2));
  await (deployed ? rotateDeployed(deployed) : rotateLocal());
});

/** Undefined: the instance on this machine. @throws {OperatorError} where the command makes no sense */
function readArguments(args: readonly string[]): Deployed | undefined {
  const options = {
    deployed: { type: 'boolean' },
    link: { type: 'string' },
    file: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    const { deployed, link, file, 'dry-run': isDryRun } = values;
    if (deployed && link !== undefined) return { link, file, isDryRun };
    if (args.length === 0) return undefined;
  } catch {
    // Told below, like any other command that can't be read.
  }
  throw new OperatorError(`That can’t be read. ${USAGE}`);
}

async function rotateLocal(): Promise<void> {
  const { stateDirectory } = localSettings(process.env);
  const path = instanceSecretsPath(stateDirectory);
  const secrets = rotate((await getSecret(path)) ?? '', createSecret());
  await writeSecret(path, secrets);
  console.log(`${path} has ${countWords(secrets)}. The edge takes it at its next start.`);
}

async function rotateDeployed({ link, file, isDryRun }: Deployed): Promise<void> {
  const old = (file !== undefined && (await getSecret(file))) || (process.env['INSTANCE_SECRETS'] ?? '');
  const secrets = rotate(old, createSecret());
  requireOpening(old, link);
  if (isDryRun) {
    console.log(`Would set INSTANCE_SECRETS to ${countWords(secrets)}, by: wrangler secret put`);
    return;
  }
  // Kept before it is set: a secret that nobody has can't be rotated again.
  if (file === undefined) console.log(`Keep this where only you can read it:\n  INSTANCE_SECRETS=${secrets}`);
  else await writeSecret(file, secrets);
  await putSecret('INSTANCE_SECRETS', secrets);
  console.log(`INSTANCE_SECRETS is ${countWords(secrets)}. All of the instance has it within a minute.`);
}

function countWords(secrets: string): string {
  const { length } = listSecrets(secrets);
  return `a fresh secret and ${length - 1} from before`;
}
