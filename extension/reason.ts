// Asks for the reason of what is done in spite of a warning: it is kept with the snippet.

import { l10n, window } from 'vscode';
import { limits } from '../shared/limits.ts';

/** Without blanks around it, never empty; undefined where nothing was said. */
export async function readReason(title: string, prompt: string): Promise<string | undefined> {
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
