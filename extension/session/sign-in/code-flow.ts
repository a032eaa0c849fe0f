// Signing in by a code that the person types on any device, while this editor asks again and again whether that was
// done (RFC 8628).

import { env, l10n, window } from 'vscode';
import { pause } from '../../pause.ts';
import { afterPoll } from './device-polls.ts';
import { flowCommands } from './end-words.ts';
import { type FlowParts, openPage, whileWaiting } from './flow-parts.ts';
import type { FlowEnd } from './flows.ts';
import { beginDevice, type DeviceCode, pollDevice } from './issue.ts';

export async function signInByCode({ endpoint, name }: FlowParts, signal: AbortSignal): Promise<FlowEnd> {
  const begun = await beginDevice(endpoint, name, signal);
  if (!begun.ok)
    return begun.problem.code === 'canceled'
      ? { kind: 'canceled' }
      : { kind: 'failed', problem: begun.problem };
  const code = begun.value;
  const over = new AbortController();
  // The code may be typed on a phone while the dialog is still open.
  const ended = awaitCode(endpoint, code, AbortSignal.any([signal, over.signal]));
  try {
    const shown = await Promise.race([showCode(code, over.signal), ended]);
    if (shown !== 'shown') return shown;
    return await whileWaiting(
      l10n.t(
        'Type the code {0} at [{1}]({2}) to sign in to pybin. [Paste a Key Instead](command:{3})',
        code.userCode,
        withoutScheme(code.address),
        code.address,
        flowCommands.key,
      ),
      signal,
      (given) => Promise.race([ended, canceledBy(given)]),
    );
  } finally {
    over.abort();
  }
}

/** Shows the code until the person goes on, or gives up. A dialog can't be closed: once it is over, its buttons do nothing. */
async function showCode(
  { userCode, address, wholeAddress }: DeviceCode,
  over: AbortSignal,
): Promise<'shown' | FlowEnd> {
  const copyAndOpen = l10n.t('Copy Code and Open Page');
  const elsewhere = l10n.t('I’ll Type It Elsewhere');
  const answer = await window.showInformationMessage(
    l10n.t('Your code: {0}', userCode),
    {
      modal: true,
      detail: l10n.t('Type it at {0}, on this device or any other.', withoutScheme(address)),
    },
    copyAndOpen,
    elsewhere,
  );
  if (answer === undefined || over.aborted) return { kind: 'canceled' };
  if (answer === copyAndOpen) {
    await env.clipboard.writeText(userCode);
    await openPage(wholeAddress);
  }
  return 'shown';
}

/** Asks until the code was typed, is too old, or is given up. */
async function awaitCode(endpoint: string, code: DeviceCode, signal: AbortSignal): Promise<FlowEnd> {
  const timeout = AbortSignal.timeout(code.expiresInSeconds * 1000);
  const given = AbortSignal.any([signal, timeout]);
  let { intervalSeconds } = code;
  try {
    for (;;) {
      await pause(intervalSeconds * 1000, given);
      const poll = await pollDevice(endpoint, code.deviceCode, given);
      if (poll.kind !== 'issued') given.throwIfAborted();
      const next = afterPoll(poll, intervalSeconds);
      if (next.kind === 'ended') return next.end;
      ({ intervalSeconds } = next);
    }
  } catch (error) {
    if (!given.aborted) throw error;
    return { kind: signal.aborted ? 'canceled' : 'expired' };
  }
}

function canceledBy(signal: AbortSignal): Promise<FlowEnd> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve({ kind: 'canceled' }), { once: true });
  });
}

/** As people read and type it. */
function withoutScheme(address: string): string {
  return address.replace(/^https?:\/\//, '');
}
