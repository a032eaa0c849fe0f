// What each way to sign in is given, and what all of them show while they wait for a person.

import { env, ProgressLocation, type Uri, window } from 'vscode';
import { toSignal } from '../ask.ts';
import type { Callbacks } from './callbacks.ts';
import type { FlowEnd } from './flows.ts';

export interface FlowParts {
  readonly endpoint: string;
  /** The name that a key of this editor gets. */
  readonly name: string;
  readonly callbacks: Callbacks;
  /** What leads back to this window; undefined where nothing does. */
  readonly callback: Callback | undefined;
}

export interface Callback {
  /** Known to whoever is sent back, and to nobody else. */
  readonly secret: string;
  /** Where the browser goes. */
  readonly address: string;
}

/** A way to sign in, once. `signal` gives it up, and then how it ended doesn't matter. */
export type RunFlow = (parts: FlowParts, signal: AbortSignal) => Promise<FlowEnd>;

/** Waits with a notification whose Cancel ends the wait. `title` may have links to commands. */
export async function whileWaiting(
  title: string,
  signal: AbortSignal,
  task: (signal: AbortSignal) => Promise<FlowEnd>,
): Promise<FlowEnd> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, async (_, token) => task(AbortSignal.any([signal, toSignal(token)])));
}

/**
 * The editor's way to a browser. It takes an address as a text, too, though its types don't say so; of a Uri it
 * decodes what the query has encoded (microsoft/vscode#85930), and an address within the address falls apart.
 */
interface Opener {
  openExternal(target: Uri | string): Thenable<boolean>;
}
const opener: Opener = env;

/** Opens a page in the browser. Whether it opened isn't known: the editor may have copied its address instead. */
export async function openPage(address: string): Promise<void> {
  await opener.openExternal(address);
}
