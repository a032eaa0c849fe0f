// Pushes whose answer is read as JSON: what a test needs of a snippet to ask for it again.

import { ask, signIn, type User } from '../edge.ts';

/** What a door answers to a push or a replacement, as JSON. */
export interface Pushed {
  readonly address: string;
  readonly number: number;
  readonly revision: number;
  readonly id: string;
  readonly visibility: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly expireTime: string;
  readonly alias?: string;
  readonly readsLeft?: number;
  readonly duplicateOf?: number;
  readonly deleteToken?: string;
}

/** One snippet as the contract tells of it, as JSON. */
export interface Told {
  readonly id: string;
  readonly number: number;
  readonly revision: number;
  readonly address: string;
  readonly text: string;
  readonly description: string;
  readonly language: string;
  readonly visibility: string;
  readonly alias: string;
  readonly createTime: string;
  readonly updateTime: string;
  readonly expireTime: string;
  readonly sha256: string;
  readonly readsLeft: number;
  readonly findings: readonly { readonly code: string }[];
  readonly needs: readonly string[];
  readonly origin?: { readonly fileName: string };
}

type Asker = Pick<User, 'ask'>;

let users = 0;

/** A user whom no other test of the file knows: ten writes a second are each one's own. */
export function somebody(visibility?: Parameters<typeof signIn>[1]): Promise<User> {
  users += 1;
  return signIn(`somebody-${users}`, visibility);
}

/** Whoever shows no key. */
export const nobody: Asker = { ask };

/** Pushes a text with `POST /` and reads the answer. */
export async function pushed(
  who: Asker,
  text: string,
  query = '',
  headers: Record<string, string> = {},
): Promise<Pushed> {
  const answer = await who.ask(`/${query}`, {
    method: 'POST',
    body: text,
    headers: { accept: 'application/json', ...headers },
  });
  if (answer.status !== 201) throw new Error(`push refused: ${answer.status} ${await answer.text()}`);
  return answer.json<Pushed>();
}

/** A snippet as its owner gets it by the contract, with its text. */
export async function told(owner: Asker, id: string): Promise<Told> {
  const answer = await owner.ask(`/v1/snippets/${id}`);
  if (!answer.ok) throw new Error(`not there: ${await answer.text()}`);
  return answer.json<Told>();
}

/** The numbers on a stack, newest first. */
export async function numbersOf(owner: Asker): Promise<number[]> {
  const { snippets } = await (
    await owner.ask('/v1/snippets')
  ).json<{ snippets: { readonly number: number }[] }>();
  return snippets.map(({ number }) => number);
}
