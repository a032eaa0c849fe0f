// What the tools of language models do. What a model pushes goes through the same gate as a person's push.

import {
  CancellationError,
  type CancellationToken,
  LanguageModelTextPart,
  LanguageModelToolResult,
  Uri,
} from 'vscode';
import type { Client, Snippet } from '../../shared/client.ts';
import { documentOf } from '../gate/nowhere.ts';
import { noOptions } from '../push/draft.ts';
import { note, pushOnce, type PushParts } from '../push/run.ts';
import { fromDocument } from '../push/source.ts';
import { toSignal } from '../session/ask.ts';
import { pushAnswer, whyNobody } from './tool-answers.ts';

export interface PushInput {
  readonly text: string;
  readonly language?: string;
  readonly description?: string;
}

export interface PullInput {
  /** The number on the stack; the newest unless given. */
  readonly number?: number;
}

const FROM_A_MODEL = Uri.from({ scheme: 'pybin-tool', path: '/' });

export async function pushFor(
  input: PushInput,
  parts: PushParts,
  token: CancellationToken,
): Promise<LanguageModelToolResult> {
  const source = fromDocument(documentOf(input.text, input.language ?? '', FROM_A_MODEL));
  const outcome = await pushOnce(
    source,
    {
      ...parts,
      gate: { check: parts.gate.checkAlone },
      options: { ...noOptions, description: input.description ?? '' },
    },
    toSignal(token),
    () => {},
  );
  // What is blocked the model corrects itself: it doesn't wait for the person.
  if (outcome.kind !== 'blocked' && outcome.kind !== 'unchecked') note(outcome, source.uri, parts);
  return answer(pushAnswer(outcome));
}

export async function pullFor(
  input: PullInput,
  { session }: Pick<PushParts, 'session'>,
  token: CancellationToken,
): Promise<LanguageModelToolResult> {
  const connection = await session.get();
  if (!connection) return answer(whyNobody(await session.canChoose()));
  const pulled = await connection.call((client, signal) => read(client, input, signal), toSignal(token));
  if (!pulled.ok) {
    if (pulled.problem.code === 'canceled') throw new CancellationError();
    return answer(`Nothing was read. ${pulled.problem.detail}`);
  }
  return pulled.value
    ? answer(pulled.value.text)
    : answer(`There is no snippet ${input.number ?? ''} on the stack.`);
}

/** Reading by its owner burns nothing. */
async function read(
  client: Pick<Client, 'list' | 'latest' | 'get'>,
  { number }: PullInput,
  signal: AbortSignal,
): Promise<Snippet | undefined> {
  if (number === undefined) return client.latest(signal);
  const found = (await client.list(signal)).find((snippet) => snippet.number === number);
  return found && client.get(found.id, signal);
}

function answer(text: string): LanguageModelToolResult {
  return new LanguageModelToolResult([new LanguageModelTextPart(text)]);
}
