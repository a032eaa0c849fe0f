// Signing in by a key that the person has already.

import { CancellationTokenSource, l10n, window } from 'vscode';
import { parseKey } from '../key.ts';
import type { FlowParts } from './flow-parts.ts';
import type { FlowEnd } from './flows.ts';

export async function signInByKey({ endpoint }: FlowParts, signal: AbortSignal): Promise<FlowEnd> {
  const source = new CancellationTokenSource();
  signal.addEventListener('abort', () => source.cancel(), { once: true });
  const key = await window.showInputBox(
    {
      title: l10n.t('Sign in to pybin'),
      prompt: l10n.t('Paste a key. You make one at {0}.', `${endpoint}/account`),
      placeHolder: 'pyb_…',
      password: true,
      ignoreFocusOut: true,
      validateInput: (text) =>
        parseKey(text).ok ? undefined : l10n.t('A key is “pyb_” and 65 letters and digits.'),
    },
    source.token,
  );
  source.dispose();
  return key === undefined ? { kind: 'canceled' } : { kind: 'pasted', key };
}
