// Signing in by the browser: the person approves this editor on a page of the edge, and the browser comes back with a
// code that only this window can exchange for a key (RFC 8252).

import { env, l10n, Uri } from 'vscode';
import { limits } from '../../../shared/limits.ts';
import { getRedirectAddress } from '../../../shared/redirect-address.ts';
import { Callbacks } from './callbacks.ts';
import { connectAddress, readAnswer } from './connect-address.ts';
import { flowCommands } from './end-words.ts';
import { type Callback, type FlowParts, openPage, whileWaiting } from './flow-parts.ts';
import type { FlowEnd } from './flows.ts';
import { redeem } from './issue.ts';
import { challengeOf, createSecret } from './pkce.ts';

/**
 * What leads from a browser back to this very window; undefined where nothing does that the edge takes, or where the
 * browser reaches the endpoint by another address: a forwarded one doesn't survive having one within it.
 * @param extensionId whose addresses the editor hands on
 */
export async function openCallback(extensionId: string, endpoint: string): Promise<Callback | undefined> {
  if (!(await isReachedAsItIs(endpoint))) return undefined;
  const secret = createSecret();
  const own = Uri.parse(`${env.uriScheme}://${extensionId}${Callbacks.pathFor(secret)}`);
  // As it is: an editor in a browser has encoded what it holds already.
  const address = (await env.asExternalUri(own)).toString(true);
  return getRedirectAddress(address) ? { secret, address } : undefined;
}

/** Only what is on the machine of the editor's extensions may be forwarded to that of its browser. */
async function isReachedAsItIs(endpoint: string): Promise<boolean> {
  if (new URL(endpoint).protocol === 'https:') return true;
  const own = Uri.parse(endpoint);
  try {
    return (await env.asExternalUri(own)).toString() === own.toString();
  } catch {
    // An editor that forwards nothing.
    return true;
  }
}

export async function signInByBrowser(parts: FlowParts, signal: AbortSignal): Promise<FlowEnd> {
  const { callback, callbacks, endpoint, name } = parts;
  if (!callback) throw new Error('nothing leads back to this window');
  const codeVerifier = createSecret();
  const address = connectAddress(endpoint, {
    redirectUri: callback.address,
    state: callback.secret,
    codeChallenge: await challengeOf(codeVerifier),
    name,
  });
  return whileWaiting(
    l10n.t(
      'Sign in to pybin on the page that your browser shows. [Use a Code Instead](command:{0})',
      flowCommands.code,
    ),
    signal,
    async (given) => {
      const timeout = AbortSignal.timeout(limits.editor.signInMs);
      const answered = callbacks.await(callback.secret, AbortSignal.any([given, timeout]));
      let query: URLSearchParams;
      try {
        // The answer may come while the editor still asks whether the page may be opened.
        query = await Promise.race([answered, openPage(address).then(() => answered)]);
      } catch (error) {
        if (given.aborted) return { kind: 'canceled' };
        if (timeout.aborted) return { kind: 'expired' };
        throw error;
      }
      const answer = readAnswer(query);
      switch (answer.kind) {
        case 'approved':
          return exchange(endpoint, { code: answer.code, codeVerifier }, given);
        case 'denied':
          return { kind: 'denied' };
        case 'strange':
          return {
            kind: 'failed',
            problem: { code: 'invalid_argument', detail: l10n.t('The page answered “{0}”.', answer.error) },
          };
        default:
          return answer satisfies never;
      }
    },
  );
}

async function exchange(
  endpoint: string,
  proof: { code: string; codeVerifier: string },
  signal: AbortSignal,
): Promise<FlowEnd> {
  const owner = await redeem(endpoint, proof, signal);
  if (owner.ok) return { kind: 'issued', owner: owner.value };
  if (owner.problem.code === 'canceled') return { kind: 'canceled' };
  return { kind: 'failed', problem: owner.problem };
}
