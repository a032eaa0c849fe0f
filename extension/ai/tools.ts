// The stack as tools of the editor's language models. What a model pushes goes through the same gate as a person's
// push, and nothing is pushed or pulled before the person said yes.

import {
  CancellationError,
  type CancellationToken,
  type Disposable,
  l10n,
  type LanguageModelTool,
  LanguageModelTextPart,
  LanguageModelToolResult,
  lm,
  MarkdownString,
  Uri,
} from 'vscode';
import type { Client, Snippet } from '../../shared/client.ts';
import { documentOf } from '../gate/nowhere.ts';
import { noOptions } from '../push/draft.ts';
import { note, pushOnce, type PushParts } from '../push/run.ts';
import { fromDocument } from '../push/source.ts';
import { toSignal } from '../session/ask.ts';
import type { Session } from '../session/session.ts';
import { type ToolName, toolNames } from './names.ts';
import { pushAnswer } from './tool-answers.ts';

interface PushInput {
  readonly text: string;
  readonly language?: string;
  readonly description?: string;
}

interface PullInput {
  /** The number on the stack; the newest unless given. */
  readonly number?: number;
}

const FROM_A_MODEL = Uri.from({ scheme: 'pybin-tool', path: '/' });

export function registerTools(parts: PushParts & { readonly session: Session }): Disposable[] {
  const tools = {
    push_snippet: () => lm.registerTool('push_snippet', new PushTool(parts)),
    pull_snippet: () => lm.registerTool('pull_snippet', new PullTool(parts.session)),
  } satisfies Record<ToolName, () => Disposable>;
  return toolNames.map((name) => tools[name]());
}

class PushTool implements LanguageModelTool<PushInput> {
  readonly #parts: PushParts;

  constructor(parts: PushParts) {
    this.#parts = parts;
  }

  prepareInvocation({ input }: { input: PushInput }) {
    const code = new MarkdownString(l10n.t('Others may be able to read it, as your account says.'));
    code.appendCodeblock(input.text, input.language ?? '');
    return {
      invocationMessage: l10n.t('Pushing onto your pybin stack'),
      confirmationMessages: { title: l10n.t('Push this onto your pybin stack?'), message: code },
    };
  }

  async invoke({ input }: { input: PushInput }, token: CancellationToken): Promise<LanguageModelToolResult> {
    const source = fromDocument(documentOf(input.text, input.language ?? '', FROM_A_MODEL));
    const outcome = await pushOnce(
      source,
      {
        ...this.#parts,
        gate: { check: this.#parts.gate.checkAlone },
        options: { ...noOptions, description: input.description ?? '' },
      },
      toSignal(token),
      () => {},
    );
    // What is blocked the model corrects itself: it doesn't wait for the person.
    if (outcome.kind !== 'blocked' && outcome.kind !== 'unchecked') note(outcome, source.uri, this.#parts);
    return answer(pushAnswer(outcome));
  }
}

class PullTool implements LanguageModelTool<PullInput> {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  prepareInvocation({ input: { number } }: { input: PullInput }) {
    return {
      invocationMessage: l10n.t('Reading your pybin stack'),
      confirmationMessages: {
        title:
          number === undefined
            ? l10n.t('Read the newest snippet of your pybin stack?')
            : l10n.t('Read snippet {0} of your pybin stack?', number),
        message: l10n.t('The language model gets its text.'),
      },
    };
  }

  async invoke({ input }: { input: PullInput }, token: CancellationToken): Promise<LanguageModelToolResult> {
    const connection = await this.#session.get();
    if (!connection) return answer('Nobody is signed in to pybin. The person signs in by “pybin: Sign In”.');
    const pulled = await connection.call((client, signal) => read(client, input, signal), toSignal(token));
    if (!pulled.ok) {
      if (pulled.problem.code === 'canceled') throw new CancellationError();
      return answer(`Nothing was read. ${pulled.problem.detail}`);
    }
    return pulled.value
      ? answer(pulled.value.text)
      : answer(`There is no snippet ${input.number ?? ''} on the stack.`);
  }
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
