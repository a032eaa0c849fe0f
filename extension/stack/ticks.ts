// Tells when an age or a lifetime reads differently than before: then, and not on any beat, is what shows it drawn
// anew. Nothing is asked for. While nobody looks it rests.

import { type Disposable, type Event, EventEmitter } from 'vscode';
import type { Attention } from '../live/attention.ts';
import type { Stack } from './stack.ts';
import { ticksInMs } from './ticks-in.ts';

export class Ticks implements Disposable {
  readonly #stack: Stack;
  readonly #attention: Attention;
  readonly #ticked = new EventEmitter<void>();
  readonly #subscriptions: Disposable[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly onDidTick: Event<void> = this.#ticked.event;

  constructor(stack: Stack, attention: Attention) {
    this.#stack = stack;
    this.#attention = attention;
    this.#subscriptions = [
      this.#ticked,
      stack.onDidChange(() => this.#wind()),
      attention.onDidChange(() => this.#tick()),
    ];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #tick(): void {
    this.#wind();
    if (this.#attention.isPaid) this.#ticked.fire();
  }

  #wind(): void {
    clearTimeout(this.#timer);
    const delayMs = ticksInMs(this.#stack.snippets, Date.now());
    if (delayMs !== undefined && this.#attention.isPaid)
      this.#timer = setTimeout(() => this.#tick(), delayMs);
  }
}
