// A request that somebody is waiting for: with progress, a way to give it up where it may take long,
// and a message where it fails.

import { type CancellationToken, type Command, l10n, ProgressLocation, window } from 'vscode';
import type { Client } from '../../shared/client.ts';
import type { Problem, ProblemCode } from '../../shared/problem.ts';
import type { CommandId } from '../commands.ts';
import { button, show, showProblem } from '../messages.ts';
import type { Session } from './session.ts';

export type NotAnswered =
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'signedOut' }
  | { readonly kind: 'canceled' };

export type Answered<Value> = { readonly kind: 'answered'; readonly value: Value } | NotAnswered;

export interface Notice {
  readonly message: string;
  readonly buttons?: readonly Command[];
}

export interface Question<Value> {
  /** What is done, as the progress says it. */
  readonly title: string;
  /** What is done again by "Retry". */
  readonly command: CommandId;
  /** What that command is told, where it needs to be told. */
  readonly argument?: string;
  readonly isBig: boolean;
  /** What is said of a problem in place of its usual words, where those are of something else. */
  readonly notices?: Partial<Record<ProblemCode, Notice>>;
  readonly call: (client: Client, signal: AbortSignal) => Promise<Value>;
}

/** Asks the edge on behalf of a command. What goes wrong is shown here; the caller only stops. */
export async function ask<Value>(session: Session, question: Question<Value>): Promise<Answered<Value>> {
  const connection = await session.get();
  if (!connection) {
    await showSignedOut(session);
    return { kind: 'signedOut' };
  }
  const answer = await withSignal(question.title, question.isBig, (signal) =>
    connection.call(question.call, signal),
  );
  if (answer.ok) return { kind: 'answered', value: answer.value };
  if (answer.problem.code === 'canceled') return { kind: 'canceled' };
  const { problem } = answer;
  const notice = question.notices?.[problem.code];
  if (notice) show('warning', notice.message, ...(notice.buttons ?? []));
  else showProblem(problem, button(l10n.t('Retry'), question.command, question.argument));
  return { kind: 'refused', problem };
}

/** Says what has to be done before there is a connection. */
export async function showSignedOut(session: Pick<Session, 'canChoose' | 'endpoint'>): Promise<void> {
  const endpoint = session.endpoint();
  // Nobody can sign in there: that comes first.
  if (!endpoint.ok) showProblem(endpoint.problem, button(l10n.t('Retry'), 'pybin.signIn'));
  else if (await session.canChoose())
    show(
      'information',
      l10n.t('Choose first whose stack is used.'),
      button(l10n.t('Choose an Account'), 'pybin.switchAccount'),
    );
  else show('information', l10n.t('Sign in to pybin first.'), button(l10n.t('Sign In'), 'pybin.signIn'));
}

/** Runs a task with progress: quietly in the status bar, or where it is big in a notification that can end it. */
export async function withSignal<Value>(
  title: string,
  isBig: boolean,
  task: (signal: AbortSignal, report: (message: string) => void) => Promise<Value>,
): Promise<Value> {
  const location = isBig ? ProgressLocation.Notification : ProgressLocation.Window;
  return window.withProgress({ location, title, cancellable: isBig }, (progress, token) =>
    task(toSignal(token), (message) => progress.report({ message })),
  );
}

/** An editor's token as a signal. */
export function toSignal(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
