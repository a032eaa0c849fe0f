// Messages with buttons, whose buttons are commands: whatever a button does can be done without it too.
// One at a time, and only where something is wrong or asked for.

import { type Command, commands, l10n, window, workspace } from 'vscode';
import type { Problem } from '../shared/problem.ts';
import type { CommandId } from './commands.ts';
import { type Action, wordsFor } from './words.ts';

type Severity = 'information' | 'warning' | 'error';

const SHOW = {
  information: window.showInformationMessage,
  warning: window.showWarningMessage,
  error: window.showErrorMessage,
} as const;

/** A button of a message: one of pybin's commands. */
export function button(title: string, command: CommandId, documentUri?: string): Command {
  return { title, command, arguments: documentUri === undefined ? [] : [documentUri] };
}

/** Shows a message and runs the command of the button that is pressed. Doesn't wait for either. */
export function show(severity: Severity, message: string, ...buttons: Command[]): void {
  void pressed(severity, message, buttons);
}

async function pressed(severity: Severity, message: string, buttons: Command[]): Promise<void> {
  const title = await SHOW[severity](message, ...buttons.map((each) => each.title));
  const chosen = buttons.find((each) => each.title === title);
  if (chosen) await commands.executeCommand(chosen.command, ...(chosen.arguments ?? []));
}

/** A question that stands before anything is done. Whatever isn't its yes is a no. */
export interface Question {
  readonly message: string;
  /** What a yes does, and what it leaves. */
  readonly detail: string;
  /** The button of the yes. */
  readonly yes: string;
}

export type Confirm = (question: Question) => Promise<boolean>;

/** Asks in a dialog of its own. */
export const confirm: Confirm = async ({ message, detail, yes }) =>
  (await window.showWarningMessage(message, { modal: true, detail }, yes)) === yes;

/**
 * Shows a problem in words for people; `retry` is what "Retry" does. That a key isn't taken any more, the session says
 * itself: once, whoever was the first to find out.
 */
export function showProblem(problem: Problem, retry: Command): void {
  if (problem.code === 'unauthenticated') return;
  const { message, actions } = wordsFor(problem, l10n.t);
  // That there is nothing yet is no failure.
  show(
    problem.code === 'not_found' ? 'information' : 'error',
    message,
    ...actions.map((action) => buttonFor(action, retry)),
  );
}

/** The button for an action; `retry` is the one for "Retry". */
export function buttonFor(action: Action, retry: Command): Command {
  switch (action) {
    case 'retry':
      return retry;
    case 'signIn':
      return button(l10n.t('Sign In'), 'pybin.signIn');
    case 'openSettings':
      return {
        title: l10n.t('Open Settings'),
        command: 'workbench.action.openSettings',
        arguments: ['pybin.endpoint'],
      };
    case 'showLog':
      return button(l10n.t('Show Log'), 'pybin.showLog');
    default:
      return action satisfies never;
  }
}

/**
 * Tells people who listen to the editor what others see in the status bar. A status bar item is no live
 * region and extensions have no other, so it is a message, shown only where a screen reader is in use.
 */
export function announce(message: string): void {
  if (workspace.getConfiguration('editor').get('accessibilitySupport') === 'on') show('information', message);
}
