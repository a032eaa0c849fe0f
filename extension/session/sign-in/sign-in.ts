// Signing in, one attempt at a time: whoever asks for another way, or begins anew, turns the attempt that is under way,
// and all who wait for it get its end.

import { env, l10n } from 'vscode';
import { getHostName } from '../../environment.ts';
import type { Log } from '../../log.ts';
import { button, show, showProblem } from '../../messages.ts';
import type { Session, SignedIn } from '../session.ts';
import { openCallback, signInByBrowser } from './browser-flow.ts';
import type { Callbacks } from './callbacks.ts';
import { signInByCode } from './code-flow.ts';
import { deviceName } from './device-name.ts';
import { wordsForEnd } from './end-words.ts';
import type { Callback, FlowParts, RunFlow } from './flow-parts.ts';
import { type FlowEnd, type FlowId, getFlows } from './flows.ts';
import { signInByKey } from './key-flow.ts';

const RUN: Record<FlowId, RunFlow> = {
  browser: signInByBrowser,
  code: signInByCode,
  key: signInByKey,
};

export interface SignInParts {
  readonly session: Session;
  readonly callbacks: Callbacks;
  /** Whose addresses the editor hands on. */
  readonly extensionId: string;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

export class SignIn {
  readonly #parts: SignInParts;
  #attempt: Promise<SignedIn | undefined> | undefined;
  /** The way to go on by; `first` is the first that works here. */
  #next: FlowId | 'first' | undefined;
  #running = new AbortController();

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  /**
   * Signs in by the way that is named, or by the first that works here. Says how it ended; resolves with who is signed
   * in, or undefined where nobody is.
   */
  async begin(flow: FlowId | 'first' = 'first'): Promise<SignedIn | undefined> {
    this.#next = flow;
    this.#running.abort();
    this.#attempt ??= this.#run().finally(() => {
      this.#attempt = undefined;
    });
    return this.#attempt;
  }

  async #run(): Promise<SignedIn | undefined> {
    const endpoint = this.#parts.session.endpoint();
    if (!endpoint.ok) {
      showProblem(endpoint.problem, button(l10n.t('Retry'), 'pybin.signIn'));
      return undefined;
    }
    const callback = await this.#getCallback(endpoint.value);
    const parts: FlowParts = {
      endpoint: endpoint.value,
      name: deviceName(env.appName, getHostName()),
      callbacks: this.#parts.callbacks,
      callback,
    };
    const [first = 'key'] = getFlows({ hasCallback: callback !== undefined });
    for (;;) {
      const flow = this.#takeNext(first);
      this.#running = new AbortController();
      this.#parts.log.info(`Signing in at ${endpoint.value} by ${flow}.`);
      const end = await RUN[flow](parts, this.#running.signal);
      if (this.#next === undefined) return this.#conclude(end, flow, endpoint.value);
    }
  }

  #takeNext(first: FlowId): FlowId {
    const next = this.#next;
    this.#next = undefined;
    return next === undefined || next === 'first' ? first : next;
  }

  async #getCallback(endpoint: string): Promise<Callback | undefined> {
    try {
      return await openCallback(this.#parts.extensionId, endpoint);
    } catch (error) {
      this.#parts.log.warn('Nothing leads from a browser back to this window.', error);
      return undefined;
    }
  }

  async #conclude(end: FlowEnd, flow: FlowId, endpoint: string): Promise<SignedIn | undefined> {
    const { session } = this.#parts;
    switch (end.kind) {
      case 'issued':
        return showSignedIn(await session.takeOwnKey(endpoint, end.owner));
      case 'pasted': {
        const done = await session.signIn(end.key);
        if (done.ok) return showSignedIn(done.value);
        showEnd({ kind: 'failed', problem: done.problem }, flow);
        return undefined;
      }
      case 'canceled':
      case 'denied':
      case 'expired':
      case 'failed':
        showEnd(end, flow);
        return undefined;
      default:
        return end satisfies never;
    }
  }
}

function showSignedIn(signedIn: SignedIn): SignedIn {
  const { userId, kept } = signedIn;
  if (kept === 'window')
    show(
      'warning',
      l10n.t(
        'Signed in as {0} until this window closes: the keyring of this system did not take the key.',
        userId,
      ),
    );
  else show('information', l10n.t('Signed in as {0}.', userId));
  return signedIn;
}

function showEnd(end: FlowEnd, flow: FlowId): void {
  const words = wordsForEnd(end, flow, l10n.t);
  if (words)
    show('warning', words.message, ...words.buttons.map(({ title, command }) => button(title, command)));
}
