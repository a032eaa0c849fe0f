// Asks whether a text goes in spite of what was found in it: never by a hasty Enter, and only with a reason, which is
// kept with the snippet.

import { l10n, window } from 'vscode';
import { limits } from '../shared/limits.ts';

export interface Doubt {
  readonly message: string;
  /** All that was found, a line each. */
  readonly lines: readonly string[];
  /** The button that Enter presses: it goes to what was found. */
  readonly look: { readonly title: string; readonly run: () => PromiseLike<void> };
  /** Of the input in which the reason is written. */
  readonly title: string;
  readonly prompt: string;
}

/** The lines of a dialog: more of them nobody reads. */
const SHOWN_LINES = 5;

/** The reason, without blanks around it and never empty; undefined where it stays. */
export async function askReason({ message, lines, look, title, prompt }: Doubt): Promise<string | undefined> {
  const pushAnyway = l10n.t('Push Anyway…');
  const more = lines.length - SHOWN_LINES;
  const shown = more > 0 ? [...lines.slice(0, SHOWN_LINES), l10n.t('and {0} more', more)] : lines;
  const options = { modal: true, detail: shown.join('\n') };
  // The first button is the one that Enter presses.
  const chosen = await window.showWarningMessage(message, options, look.title, pushAnyway);
  if (chosen === look.title) await look.run();
  return chosen === pushAnyway ? readReason(title, prompt) : undefined;
}

async function readReason(title: string, prompt: string): Promise<string | undefined> {
  const reason = await window.showInputBox({
    title,
    prompt,
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (text.trim() === '') return l10n.t('Say why.');
      return text.length > limits.overrideReasonCharacters
        ? l10n.t('At most {0} characters.', limits.overrideReasonCharacters)
        : undefined;
    },
  });
  return reason?.trim() || undefined;
}
