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
import type { PendingPush, PendingPushes } from '../pending/pending-pushes.ts';
import { pendingShort } from '../pending/pending-words.ts';
import type { Queue } from '../queue/queue.ts';
import type { Newcomers } from '../stack/newcomers.ts';
import type { Previews } from '../stack/previews.ts';
import type { SnippetFacts } from '../stack/snippet-facts.ts';
import type { Stack } from '../stack/stack.ts';
import type { Ticks } from '../stack/ticks.ts';
import { type Shown, toShown } from './shown.ts';
import { createTooltip } from './tooltip.ts';

/** To the right of what the editor itself shows on the left. */
const PRIORITY = -10;

export interface StatusBarParts {
  readonly stack: Stack;
  readonly ticks: Ticks;
  readonly newcomers: Newcomers;
  readonly previews: Previews;
  readonly pending: PendingPushes;
  readonly queue: Queue;
}

export class StatusBar implements Disposable {
  readonly #item: StatusBarItem;
  readonly #stack: Stack;
  readonly #previews: Previews;
  readonly #pending: PendingPushes;
  readonly #queue: Queue;
  readonly #subscriptions: Disposable[];
  readonly #drawn = new EventEmitter<void>();
  /** The QR code that was drawn last, and of which address. */
  #qr: { readonly address: string; readonly picture: string } | undefined;
  #looking = new AbortController();
  #copiedNumber: number | undefined;
  /** How many pushes waited to be sent when that was told last. */
  #queuedThen = 0;
  #copiedTimer: NodeJS.Timeout | undefined;
  /** The youngest that waited when it was said that an address was copied. */
  #youngestThen: PendingPush['frozen'] | undefined;

  readonly onDidDraw: Event<void> = this.#drawn.event;

  constructor({ stack, ticks, newcomers, previews, pending, queue }: StatusBarParts) {
    this.#stack = stack;
    this.#previews = previews;
    this.#pending = pending;
    this.#queue = queue;
    this.#item = window.createStatusBarItem('latest', StatusBarAlignment.Left, PRIORITY);
    this.#item.name = 'pybin';
    this.#subscriptions = [
      this.#item,
      this.#drawn,
      stack.onDidChange(() => this.#draw()),
      ticks.onDidTick(() => this.#draw()),
      newcomers.onDidCome((snippet) => void this.#welcome(snippet)),
      pending.onDidChange(() => {
        // What came to wait since is newer than the push that went.
        if (this.#youngest && this.#youngest.frozen !== this.#youngestThen) this.#copiedNumber = undefined;
        this.#draw();
      }),
      queue.onDidChange(() => {
        // So is what comes to wait to be sent.
        if (queue.items.length > this.#queuedThen) this.#copiedNumber = undefined;
        this.#queuedThen = queue.items.length;
        this.#draw();
      }),
    ];
  }

  /** What people see in it now. */
  get shown(): Shown | undefined {
    const youngest = this.#youngest;
    const moment = {
      nowMs: Date.now(),
      pending: youngest && { short: pendingShort(youngest, l10n.t), isWatched: youngest.isWatched },
      waiting: this.#pending.all.length + this.#queue.items.length,
      copiedNumber: this.#copiedNumber,
      device: this.#device,
    };
    return toShown(this.#stack.state, moment, l10n.t);
  }

  /** Says for a moment that the address of this number is on the clipboard. */
  sayCopied(number: number): void {
    clearTimeout(this.#copiedTimer);
    this.#copiedNumber = number;
    this.#youngestThen = this.#youngest?.frozen;
    this.#copiedTimer = setTimeout(() => {
      this.#copiedNumber = undefined;
      this.#draw();
    }, limits.editor.copiedShownMs);
    this.#draw();
  }

  dispose(): void {
    this.#looking.abort();
    clearTimeout(this.#copiedTimer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  get #youngest(): PendingPush | undefined {
    return this.#pending.all.at(-1);
  }

  get #device(): string {
    const { top } = this.#stack;
    return top ? this.#stack.otherDeviceOf(top) : '';
  }

  /**
   * Another device pushed: it is looked at for those who hover. An extension can only announce by what interrupts, and
   * nobody has asked for this: those who listen find it in the item’s label.
   */
  async #welcome(snippet: SnippetFacts): Promise<void> {
    this.#looking.abort();
    this.#looking = new AbortController();
    await this.#previews.read(snippet, this.#looking.signal);
    this.#draw();
  }

  /** The picture, if it is drawn already; else it is there when the item is drawn next. */
  #getQr(address: string): string | undefined {
    if (this.#qr?.address === address) return this.#qr.picture;
    void this.#drawQr(address);
    return undefined;
  }

  async #drawQr(address: string): Promise<void> {
    const { qrPicture } = await import('../stack/qr-picture.ts');
    if (this.#stack.top?.address !== address || this.#qr?.address === address) return;
    this.#qr = { address, picture: qrPicture(address, limits.editor.qrHoverPixels) };
    this.#draw();
  }

  #draw(): void {
    const { shown } = this;
    if (shown) this.#show(shown);
    else this.#item.hide();
    this.#drawn.fire();
  }

  #show(shown: Shown): void {
    const { top } = this.#stack;
    this.#item.text = shown.text;
    this.#item.command = shown.command;
    this.#item.accessibilityInformation = { label: shown.label };
    this.#item.tooltip = createTooltip(
      this.#stack.state,
      { pending: this.#pending.all, queued: this.#queue.items.length },
      {
        device: this.#device,
        preview: top ? this.#previews.get(top) : '',
        qrPicture: top && this.#getQr(top.address),
      },
      Date.now(),
    );
    this.#item.show();
  }
}
