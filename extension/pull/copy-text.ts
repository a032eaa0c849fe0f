// A pushed text onto the clipboard, and how people hear of it.

import { env, l10n, window } from 'vscode';
import { limits } from '../../shared/limits.ts';
import { announce } from '../messages.ts';
import { withoutByteOrderMark } from './open-text.ts';

export async function copyText({ text, number }: { text: string; number: number }): Promise<void> {
  await env.clipboard.writeText(withoutByteOrderMark(text));
  window.setStatusBarMessage(l10n.t('$(check) Text of #{0} copied', number), limits.editor.copiedShownMs);
  announce(l10n.t('The text of number {0} is on the clipboard.', number));
}
