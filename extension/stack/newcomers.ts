// What others push while somebody looks. Told after a moment: the socket may tell of an own push before its answer has
// come, and of a spell of pushes only the last is news.

import { type Disposable, type Event, EventEmitter } from 'vscode';
import { limits } from '../../shared/limits.ts';
import type { Attention } from '../live/attention.ts';
import type { SnippetFacts } from './snippet-facts.ts';
import type { Stack } from './stack.ts';

export class Newcomers implements Disposable {
  readonly #stack: Stack;
  readonly #attention: Attention;
  readonly #came = new EventEmitter<SnippetFacts>();
  readonly #subscription: Disposable;
  /** The highest number that is no news; undefined until the stack is known. */
  #seen: number | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;

  readonly onDidCome: Event<SnippetFacts> = this.#came.event;

  constructor(stack: Stack, attention: Attention) {
    this.#stack = stack;
    this.#attention = attention;
    this.#subscription = stack.onDidChange(() => this.#look());
  }

  dispose(): void {
    clearTimeout(this.#settling);
    this.#subscription.dispose();
    this.#came.dispose();
  }

  #look(): void {
    const { state, top } = this.#stack;
    if (state.kind === 'asking' || state.kind === 'signedOut') this.#seen = undefined;
    if (state.kind !== 'known') return;
    const number = top?.number ?? 0;
    const isNews = this.#seen !== undefined && number > this.#seen;
    this.#seen = Math.max(this.#seen ?? 0, number);
    if (!isNews) return;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#tell(), limits.editor.newcomerPauseMs);
  }

  #tell(): void {
    const { top } = this.#stack;
    if (top && this.#attention.isPaid && !this.#stack.isOwn(top)) this.#came.fire(top);
  }
}
