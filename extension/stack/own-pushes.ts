// Which snippets this editor pushed itself: those of this window, and all that came by the key that it was answered to
// have pushed with. What others pushed comes from a device with a name.

import type { SnippetFacts } from './snippet-facts.ts';

export class OwnPushes {
  readonly #ids = new Set<string>();
  readonly #devices = new Set<string>();

  /** The edge answered that this window pushed it. */
  add({ id, device }: Pick<SnippetFacts, 'id' | 'device'>): void {
    this.#ids.add(id);
    if (device !== '') this.#devices.add(device);
  }

  /** The name of the other device that a snippet comes from; empty where it is this one, or has no name. */
  otherDeviceOf({ id, device }: Pick<SnippetFacts, 'id' | 'device'>): string {
    return this.#ids.has(id) || this.#devices.has(device) ? '' : device;
  }

  /** Another key counts from now on. */
  clear(): void {
    this.#ids.clear();
    this.#devices.clear();
  }
}
