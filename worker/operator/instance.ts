// Which instance an operator's command is for, and what it shows there.

import { join } from 'node:path';
import { getSecret } from '../local/secrets.ts';
import { localSettings } from '../local/settings.ts';
import { OperatorError } from './failure.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Instance {
  /** Such as `https://pybin.example`. */
  readonly origin: string;
  readonly token: string;
}

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The instance at an address; without one, at PYBIN_URL, or on this machine. Its token is OPERATOR_TOKEN; on this
 * machine also the one kept beside the state.
 * @throws {OperatorError} where there is no token, or it would go over the network unencrypted
 */
export async function requireInstance(url: string | undefined, environment: Environment): Promise<Instance> {
  const { port, stateDirectory } = localSettings(environment);
  const { origin, hostname, protocol } = requireUrl(
    url ?? environment['PYBIN_URL'] ?? `http://localhost:${port}`,
  );
  const isLocal = LOOPBACK_HOSTS.has(hostname);
  if (!isLocal && protocol !== 'https:')
    throw new OperatorError(`${origin} is not encrypted: the operator’s token goes there by https only.`);
  const token =
    environment['OPERATOR_TOKEN'] || (isLocal && (await getSecret(join(stateDirectory, 'operator-token'))));
  if (token) return { origin, token };
  throw new OperatorError(
    `Set OPERATOR_TOKEN to the secret of that name at ${origin}. Where it has none, make one: npx wrangler secret put OPERATOR_TOKEN`,
  );
}

function requireUrl(text: string): URL {
  const url = URL.parse(text);
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url;
  throw new OperatorError(`"${text}" is no address of an instance. One looks like https://pybin.example.`);
}
