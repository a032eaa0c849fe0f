// The stack as a quick pick: Enter inserts, the buttons of a row do the rest. It follows the stack while it is open.
// It only asks what to do: nothing here changes anything.

import {
  Disposable,
  type Event,
  EventEmitter,
  l10n,
  type QuickInputButton,
  type QuickPickItem,
  ThemeIcon,
  Uri,
  window,
} from 'vscode';
import { snippetAddress } from '../documents/snippet-address.ts';
import { limits } from '../../shared/limits.ts';
import { inOneLine } from '../one-line.ts';
import { rowWords } from './row-words.ts';
import type { SnippetFacts } from './snippet-facts.ts';
import type { Stack } from './stack.ts';
import type { Ticks } from './ticks.ts';

export type RowAction = 'insert' | 'preview' | 'copyAddress' | 'qr' | 'delete' | 'more';

export type Choice =
  | { readonly kind: RowAction; readonly snippet: SnippetFacts }
  /** There is nothing to choose from: something is to be pushed first. */
  | { readonly kind: 'push' }
  | { readonly kind: 'history' }
  | { readonly kind: 'dismissed' };

/** Undefined: the row that says that there is none. */
type Item = QuickPickItem & { readonly snippet: SnippetFacts | undefined };

interface ActionButton extends QuickInputButton {
  readonly action: Exclude<RowAction, 'insert'>;
}

export class StackPick implements Disposable {
  readonly #stack: Stack;
  readonly #pick = window.createQuickPick<Item>();
  readonly #drawn = new EventEmitter<void>();
  readonly #history: QuickInputButton = {
    iconPath: new ThemeIcon('history'),
    tooltip: l10n.t('History'),
  };
  readonly #buttons: readonly ActionButton[] = [
    { action: 'preview', iconPath: new ThemeIcon('open-preview'), tooltip: l10n.t('Preview') },
    { action: 'copyAddress', iconPath: new ThemeIcon('link'), tooltip: l10n.t('Copy Address') },
    { action: 'qr', iconPath: new ThemeIcon('device-mobile'), tooltip: l10n.t('Show QR Code') },
    { action: 'delete', iconPath: new ThemeIcon('trash'), tooltip: l10n.t('Delete…') },
    { action: 'more', iconPath: new ThemeIcon('ellipsis'), tooltip: l10n.t('Other Ways to Pull…') },
  ];
  readonly #subscriptions: Disposable;
  #movedAtMs = 0;
  /** The row whose button was pressed: what is done next is most likely meant for it, too. */
  #pressedId: string | undefined;

  /** Fires when it shows something else, or another row is the active one. */
  readonly onDidDraw: Event<void> = this.#drawn.event;

  constructor(stack: Stack, ticks: Ticks) {
    this.#stack = stack;
    this.#pick.title = l10n.t('pybin: Pull from the Stack');
    this.#pick.placeholder = l10n.t('Which one to insert?');
    this.#pick.buttons = [this.#history];
    this.#pick.matchOnDescription = true;
    this.#pick.matchOnDetail = true;
    // Newest first, whatever was typed. An editor that isn't told so sorts by where it finds that in the labels; its
    // API doesn't name this property, and one that lacks it is not harmed by it.
    Object.assign(this.#pick, { sortByLabel: false });
    this.#subscriptions = Disposable.from(
      this.#drawn,
      this.#pick,
      stack.onDidChange(() => this.#draw()),
      ticks.onDidTick(() => this.#draw()),
    );
  }

  /** The rows, as they are read. */
  get labels(): readonly string[] {
    return this.#pick.items.map(({ label }) => label);
  }

  /** What Enter would take. */
  get activeLabel(): string | undefined {
    return this.#pick.activeItems[0]?.label;
  }

  /** Shows it until something is chosen. May be called again afterwards. */
  async choose(): Promise<Choice> {
    const { promise, resolve } = Promise.withResolvers<Choice>();
    const subscriptions = Disposable.from(
      this.#pick.onDidChangeActive(() => this.#drawn.fire()),
      this.#pick.onDidAccept(() => {
        const [item] = this.#pick.selectedItems;
        if (item && this.#isAtRest)
          resolve(item.snippet ? { kind: 'insert', snippet: item.snippet } : { kind: 'push' });
      }),
      this.#pick.onDidTriggerItemButton(({ item, button }) => {
        this.#pressedId = item.snippet?.id;
        const pressed = this.#buttons.find((each) => each === button);
        if (item.snippet && pressed && this.#isAtRest)
          resolve({ kind: pressed.action, snippet: item.snippet });
      }),
      this.#pick.onDidTriggerButton(() => resolve({ kind: 'history' })),
      this.#pick.onDidHide(() => resolve({ kind: 'dismissed' })),
    );
    // Shown again, the editor's list is empty until it is given its rows anew.
    this.#setItems(this.#toItems());
    this.#movedAtMs = 0;
    this.#draw();
    this.#pick.show();
    try {
      return await promise;
    } finally {
      subscriptions.dispose();
    }
  }

  hide(): void {
    this.#pick.hide();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /**
   * Whether what was chosen is what was meant. The editor names a row by its place: what was chosen while the rows moved
   * names another one, and so may a hand that was on its way.
   */
  get #isAtRest(): boolean {
    return Date.now() - this.#movedAtMs >= limits.editor.rowsRestMs;
  }

  #draw(): void {
    const { state } = this.#stack;
    this.#pick.busy = state.kind === 'starting' || state.kind === 'asking';
    const items = this.#toItems();
    if (!isSame(items, this.#pick.items)) this.#setItems(items);
    this.#drawn.fire();
  }

  #setItems(items: readonly Item[]): void {
    const [active] = this.#pick.activeItems;
    const keptId = this.#pressedId ?? active?.snippet?.id;
    this.#pressedId = undefined;
    // One stays on the snippet that one was on, also where rows came above it.
    const kept = items.find(({ snippet }) => snippet && snippet.id === keptId);
    this.#pick.keepScrollPosition = kept !== undefined;
    if (this.#pick.items.some(({ snippet }, index) => snippet?.id !== items[index]?.snippet?.id))
      this.#movedAtMs = Date.now();
    this.#pick.items = items;
    if (kept) this.#pick.activeItems = [kept];
  }

  #toItems(): readonly Item[] {
    const { state, snippets } = this.#stack;
    if (snippets.length > 0 || state.kind !== 'known')
      return snippets.map((snippet) => this.#toItem(snippet));
    const label = l10n.t('Your stack is empty: push something');
    return [{ label, snippet: undefined, alwaysShow: true }];
  }

  #toItem(snippet: SnippetFacts): Item {
    const { label, description } = rowWords(snippet, this.#stack.otherDeviceOf(snippet), Date.now(), l10n.t);
    return {
      label,
      description,
      // Below a description, what it is of.
      ...(snippet.description.trim() !== '' && { detail: inOneLine(snippet.firstLine) }),
      iconPath: ThemeIcon.File,
      resourceUri: Uri.from(snippetAddress(snippet)),
      buttons: this.#buttons,
      snippet,
    };
  }
}

/** Whether they read the same: then what is shown is left as it is, under whoever is choosing. */
function isSame(some: readonly Item[], others: readonly Item[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ label, description, snippet }, index) => {
      const other = others[index];
      return (
        other?.label === label &&
        other.description === description &&
        other.snippet?.id === snippet?.id &&
        other.snippet?.revision === snippet?.revision
      );
    })
  );
}
