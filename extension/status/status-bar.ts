// The one item of pybin in the status bar: what is on top of the stack, one click from being pulled.

import {
  type Disposable,
  type Event,
  EventEmitter,
  l10n,
  StatusBarAlignment,
  type StatusBarItem,
  window,
} from 'vscode';
import { limits } from '../../shared/limits.ts';
import type { PendingPushes } from '../push/pending-pushes.ts';
import type { Queue } from '../queue/queue.ts';
import type { Stack } from '../stack/stack.ts';
import type { Ticks } from '../stack/ticks.ts';
import { type Shown, toShown } from './shown.ts';
import { createTooltip } from './tooltip.ts';

/** To the right of what the editor itself shows on the left. */
const PRIORITY = -10;

export class StatusBar implements Disposable {
  readonly #item: StatusBarItem;
  readonly #stack: Stack;
  readonly #pending: PendingPushes;
  readonly #queue: Queue;
  readonly #subscriptions: Disposable[];
  readonly #drawn = new EventEmitter<void>();
  #copiedNumber: number | undefined;
  #copiedTimer: NodeJS.Timeout | undefined;

  readonly onDidDraw: Event<void> = this.#drawn.event;

  constructor(stack: Stack, ticks: Ticks, pending: PendingPushes, queue: Queue) {
    this.#stack = stack;
    this.#pending = pending;
    this.#queue = queue;
    this.#item = window.createStatusBarItem('latest', StatusBarAlignment.Left, PRIORITY);
    this.#item.name = 'pybin';
    this.#subscriptions = [
      this.#item,
      this.#drawn,
      stack.onDidChange(() => this.#draw()),
      ticks.onDidTick(() => this.#draw()),
      pending.onDidChange(() => this.#draw()),
      queue.onDidChange(() => this.#draw()),
    ];
  }

  /** What people see in it now. */
  get shown(): Shown | undefined {
    const moment = {
      nowMs: Date.now(),
      waiting: this.#pending.all.length + this.#queue.items.length,
      copiedNumber: this.#copiedNumber,
    };
    return toShown(this.#stack.state, moment, l10n.t);
  }

  /** Says for a moment that the address of this number is on the clipboard. */
  sayCopied(number: number): void {
    clearTimeout(this.#copiedTimer);
    this.#copiedNumber = number;
    this.#copiedTimer = setTimeout(() => {
      this.#copiedNumber = undefined;
      this.#draw();
    }, limits.editor.copiedShownMs);
    this.#draw();
  }

  dispose(): void {
    clearTimeout(this.#copiedTimer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #draw(): void {
    const { shown } = this;
    if (shown) this.#show(shown);
    else this.#item.hide();
    this.#drawn.fire();
  }

  #show(shown: Shown): void {
    this.#item.text = shown.text;
    this.#item.command = shown.command;
    this.#item.accessibilityInformation = { label: shown.label };
    this.#item.tooltip = createTooltip(
      this.#stack.state,
      shown,
      { pending: this.#pending.all, queued: this.#queue.items.length },
      Date.now(),
    );
    this.#item.show();
  }
}
