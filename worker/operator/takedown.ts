// `npm run takedown -- <address or id> [--reason <words>] [--url <instance>]`: deletes a snippet and its record in the
// archive, whoever's they are, and leaves a record of that.

import { parseArgs } from 'node:util';
import { OperatorError, runCommand } from './failure.ts';
import { type Instance, requireInstance } from './instance.ts';

const USAGE = 'npm run takedown -- <address or id> [--reason "…"] [--url https://pybin.example]';

await runCommand(async () => {
  const { address, reason, url } = readArguments(process.argv.slice(2));
  const instance = await requireInstance(url, process.env);
  // A pasted address of somewhere else must not choose where the token goes.
  const given = URL.canParse(address) ? new URL(address).origin : instance.origin;
  if (given !== instance.origin)
    throw new OperatorError(`That address is not at ${instance.origin}. Name its instance: --url ${given}`);
  console.log(wordsOf(await takeDown(instance, address, reason)));
});

/** @throws {OperatorError} where the command makes no sense */
function readArguments(args: readonly string[]): { address: string; reason: string; url?: string } {
  try {
    const options = { reason: { type: 'string', default: '' }, url: { type: 'string' } } as const;
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [address] = positionals;
    if (address !== undefined && positionals.length === 1) return { address, ...values };
  } catch {
    // Told below, like any other command that can't be read.
  }
  throw new OperatorError(`What is to be taken down? ${USAGE}`);
}

/** The instance's answer. @throws {OperatorError} where it refuses or can't be reached */
async function takeDown(
  { origin, token }: Instance,
  address: string,
  reason: string,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${origin}/operator/takedown`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ address, reason }),
    redirect: 'error',
  }).catch((error: unknown) => {
    throw new OperatorError(`${origin} can’t be reached.`, { cause: error });
  });
  const answer = await readObject(response);
  if (response.ok) return answer;
  const detail = typeof answer['detail'] === 'string' ? answer['detail'] : '';
  const hint =
    response.status === 404 ? ' It is gone already, or OPERATOR_TOKEN is not the one of this instance.' : '';
  throw new OperatorError(`${origin} answered ${response.status}: ${detail}${hint}`);
}

async function readObject(response: Response): Promise<Record<string, unknown>> {
  const value: unknown = await response.json().catch(() => undefined);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function wordsOf(taken: Record<string, unknown>): string {
  const { number, userId, wasOnStack, wasArchived, archivePending, record } = taken;
  const whose = userId === '' ? 'pushed without a key' : `of ${String(userId)}`;
  const where = [wasOnStack && 'on the stack', wasArchived && 'in the archive'].filter(Boolean).join(' and ');
  return [
    `Snippet ${String(number)} ${whose} is taken down. It was ${where || 'on its way out'}.`,
    ...(archivePending === true ? ['R2 still has to delete some of it: it is told until it has.'] : []),
    `The record of this is ${String(record)} in the bucket.`,
  ].join('\n');
}
