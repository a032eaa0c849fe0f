// What the command line and the environment say of a deploy. Pure.

import { DeployError } from './failures.ts';
import { chooseSecrets, type Given } from './secrets.ts';

export interface DeploySettings {
  /** Only tells what would be done: nothing is changed anywhere. */
  readonly isDryRun: boolean;
  /** Where the deployed Worker is reached, without a slash at its end; undefined: where Cloudflare says. */
  readonly url: string | undefined;
  /** Secrets whose values come from the environment. */
  readonly given: readonly Given[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param args what follows the command's name
 * @throws {DeployError} where something makes no sense, in words for whoever wrote it
 */
export function deploySettings(args: readonly string[], environment: Environment): DeploySettings {
  let isDryRun = false;
  let url = environment['PYBIN_URL'];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    if (arg === '--dry-run') isDryRun = true;
    else if (arg === '--url') url = args[++index] ?? '';
    else throw new DeployError(`A deploy knows no "${arg}". It knows --dry-run and --url <address>.`);
  }
  return {
    isDryRun,
    url: url === undefined ? undefined : requireAddress(url),
    given: chooseSecrets(environment),
  };
}

function requireAddress(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url.href.replace(/\/+$/, '');
  throw new DeployError(`"${text}" is no address of a Worker. One looks like https://pybin.example.com.`);
}
