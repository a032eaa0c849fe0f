// The stack as tools of the editor's language models: what a person is asked before one is used. Nothing is pushed or
// pulled before that one said yes.

import {
  type CancellationToken,
  type Disposable,
  l10n,
  type LanguageModelTool,
  type LanguageModelToolResult,
  lm,
  MarkdownString,
} from 'vscode';
import type { PushParts } from '../push/run.ts';
import type { PullInput, PushInput } from './invoke.ts';
import { type ToolName, toolNames } from './names.ts';

export function registerTools(parts: PushParts): Disposable[] {
  const tools = {
    push_snippet: () => lm.registerTool('push_snippet', new PushTool(parts)),
    pull_snippet: () => lm.registerTool('pull_snippet', new PullTool(parts)),
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
    const { pushFor } = await import('../on-demand.ts');
    return pushFor(input, this.#parts, token);
  }
}

class PullTool implements LanguageModelTool<PullInput> {
  readonly #parts: Pick<PushParts, 'session'>;

  constructor(parts: Pick<PushParts, 'session'>) {
    this.#parts = parts;
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
    const { pullFor } = await import('../on-demand.ts');
    return pullFor(input, this.#parts, token);
  }
}
