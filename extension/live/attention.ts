// Whether somebody looks at this window: it has the focus, or had it until lately. A window beside the one in use
// is looked at too; one that is left alone for long is quiet.

import { type Disposable, type Event, EventEmitter, window } from 'vscode';
import { limits } from '../../shared/limits.ts';

export class Attention implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #subscription: Disposable;
  #isFocused = window.state.focused;
  #isPaid = this.#isFocused;
  #lapsing: ReturnType<typeof setTimeout> | undefined;

  /** Fires when it is paid or not any more, and each time that the window comes to have the focus. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor() {
    this.#subscription = window.onDidChangeWindowState(({ focused }) => {
      if (focused !== this.#isFocused) this.#turn(focused);
    });
  }

  get isPaid(): boolean {
    return this.#isPaid;
  }

  dispose(): void {
    clearTimeout(this.#lapsing);
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #turn(isFocused: boolean): void {
    this.#isFocused = isFocused;
    clearTimeout(this.#lapsing);
    if (isFocused) this.#set(true);
    else this.#lapsing = setTimeout(() => this.#set(false), limits.editor.attentionMs);
  }

  #set(isPaid: boolean): void {
    this.#isPaid = isPaid;
    this.#changed.fire();
  }
}
